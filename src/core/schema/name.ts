/** What a registry calls the schema of these events: `com.shop@OrderPlaced` for `com.shop` and `Order Placed`. */
export const schemaNameOf = (source: string, detailType: string): string =>
  `${tidy(source)}@${componentNameOf(detailType)}`;

/** Blanks go, and what no name may have becomes a hyphen. */
export const componentNameOf = (detailType: string): string => tidy(detailType.replace(/\s+/g, ""));

const tidy = (text: string): string => text.replace(/[^0-9A-Za-z_.@-]/g, "-");
