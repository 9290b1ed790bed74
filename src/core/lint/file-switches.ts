import type { Place } from "../route/bus.ts";
import { readDocument, type SourceFile } from "../route/source/document.ts";
import { at, entriesOf, itemsOf, type Tree, textOf } from "../route/source/tree.ts";
import type { Finding } from "./finding.ts";
import { parseIds, type Switch } from "./switch.ts";

/** Something in a file that switches ids off. */
export interface FileSwitch {
  readonly place: Place;
  readonly ids: readonly string[];
  readonly isAbout: (finding: Finding) => boolean;
}

/** What files say of themselves: in comments, and in the metadata of templates. */
export const readSwitches = (files: readonly SourceFile[]): FileSwitch[] =>
  files.flatMap((file) => [...readComments(file), ...readMetadata(file)]);

export const fileSwitch =
  ({ ids, isAbout }: FileSwitch): Switch =>
  (finding) =>
    ids.includes(finding.id) && isAbout(finding);

const comment = /(?:^|\s)#\s*evb-lint-disable(-line|-next-line)?(?![\w-])(.*)$/;

function readComments({ name, text }: SourceFile): FileSwitch[] {
  if (!text.includes("evb-lint-disable")) return [];
  return text.split("\n").flatMap((line, index) => {
    const found = comment.exec(line);
    if (found === null) return [];
    const [, where, ids] = found;
    const wanted = where === undefined ? undefined : index + (where === "-line" ? 1 : 2);
    return [
      {
        place: { file: name, line: index + 1, column: found.index + 1 },
        ids: parseIds(ids!),
        isAbout: (finding: Finding) =>
          placesOf(finding).some(
            ({ file, line }) => file === name && (wanted === undefined || line === wanted),
          ),
      },
    ];
  });
}

/** A finding is switched off where it is, and where its rule, bus or queue begins. */
const placesOf = ({ place, rule, bus, queue }: Finding): Place[] =>
  [place, rule === undefined ? bus.place : rule.place, rule?.places?.pattern, queue?.place].filter(
    (known) => known !== undefined,
  );

/** `Metadata: {evb: {disable: [ids]}}` of a template, or of a resource in it. */
function readMetadata(file: SourceFile): FileSwitch[] {
  if (!file.text.includes("Metadata") || !file.text.includes("disable")) return [];
  const tree = readDocument(file);
  const isHere = (finding: Finding) => placesOf(finding).some((place) => place.file === file.name);
  const whole = at(tree, "Metadata", "evb", "disable");
  const ofResources = entriesOf(at(tree, "Resources")).flatMap(([id, { value }]) => {
    const list = at(value, "Metadata", "evb", "disable");
    // The rules of a SAM function are called by the function and the event.
    const events = entriesOf(at(value, "Properties", "Events")).map(([event]) => `${id}${event}`);
    const isAbout = (finding: Finding) =>
      isHere(finding) &&
      [
        finding.rule?.logicalId,
        finding.queue?.logicalId,
        finding.rule === undefined && finding.bus.logicalId,
      ].some((known) => known === id || events.includes(String(known)));
    return list === undefined ? [] : [{ ...idsOf(list), isAbout }];
  });
  return whole === undefined ? ofResources : [{ ...idsOf(whole), isAbout: isHere }, ...ofResources];
}

const idsOf = (list: Tree): Pick<FileSwitch, "place" | "ids"> => ({
  place: list.place,
  ids: itemsOf(list).flatMap((id) => textOf(id) ?? []),
});
