import { answer, done, missing } from "../answers.ts";

/** GET /api/v1/notifications/requests: nothing is put aside, so nothing asks to be let in. */
export function listRequests(): Response {
  return answer([]);
}

/** GET /api/v1/notifications/requests/:id */
export function noRequest(): Response {
  return missing();
}

/** POST /api/v1/notifications/requests/accept and dismiss, with an id in the path or several in the body. */
export function acceptRequests(): Response {
  return done();
}

/** GET /api/v1/notifications/requests/merged */
export function mergedRequests(): Response {
  return answer({ merged: true });
}
