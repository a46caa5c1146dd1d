import { user, type Endpoint } from "../endpoint.ts";
import { changeSubscription, showSubscription, subscribe, unsubscribe } from "./subscription.ts";

const path = "/api/v1/push/subscription";

export const pushEndpoints: readonly Endpoint[] = [
  user("POST", path, "push", subscribe),
  user("GET", path, "push", showSubscription),
  user("PUT", path, "push", changeSubscription),
  user("DELETE", path, "push", unsubscribe),
];
