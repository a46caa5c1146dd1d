import type { Row } from "./row.ts";
import { clientApi } from "./rows/client-api.ts";

/** In the order in which they are measured. */
export const rows: readonly Row[] = [clientApi];
