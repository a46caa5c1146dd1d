import type { Services } from "#context.ts";
import { oneForEach } from "#platform/one-for-each.ts";
import { startNotices } from "../notifications/notices.ts";
import { startCompany, type Company } from "./company.ts";

/** The company of this process: one, however many parts of the deck ask for it. */
export const companyOf = oneForEach((services: Services): Company =>
  startCompany(services, (own) => startNotices(services, own)),
);
