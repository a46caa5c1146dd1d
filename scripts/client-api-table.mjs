// Writes the table of endpoints in docs/client-api.md, from the endpoints themselves and the tests that ask them.
import { readFileSync, writeFileSync } from "node:fs";
import { documentPath, withTable } from "../test/client-api-table.ts";

writeFileSync(documentPath, withTable(readFileSync(documentPath, "utf8")));
