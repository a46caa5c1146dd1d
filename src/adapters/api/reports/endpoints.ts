import { user, type Endpoint } from "../endpoint.ts";
import { fileReport } from "./file-report.ts";

export const reportEndpoints: readonly Endpoint[] = [
  user("POST", "/api/v1/reports", "write:reports", fileReport),
];
