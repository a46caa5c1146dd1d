import type { Services } from "#context.ts";
import type { JobHandler } from "#platform/jobs.ts";
import { deliverJob, resumeDeliveries } from "./deliver-jobs.ts";
import { inboxJobs } from "./inbox/jobs.ts";

export function federationJobs(services: Services): Record<string, JobHandler> {
  return {
    ...inboxJobs(services),
    deliver: deliverJob(services),
    "resume-deliveries": () => resumeDeliveries(services),
  };
}
