import type { Services } from "#context.ts";
import { startNotices } from "../notifications/notices.ts";
import { startCompany, type Company } from "./company.ts";

const companies = new WeakMap<Services, Company>();

/** The company of this process: one, however many parts of the deck ask for it. */
export function companyOf(services: Services): Company {
  const company = companies.get(services) ?? startCompany(services, (own) => startNotices(services, own));
  companies.set(services, company);
  return company;
}
