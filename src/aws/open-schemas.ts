import { SchemasClient } from "@aws-sdk/client-schemas";
import { type ClientSettings, configOf, watched } from "./clients.ts";

export const openSchemas = (settings: ClientSettings): SchemasClient =>
  watched(new SchemasClient(configOf(settings)), settings);
