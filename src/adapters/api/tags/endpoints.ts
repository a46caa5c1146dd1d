import { optional, user, type Endpoint } from "../endpoint.ts";
import { featureTag } from "../accounts/featured.ts";
import { changeTagFollow, followedTags } from "./follow-tag.ts";
import { showTag } from "./show.ts";

export const tagEndpoints: readonly Endpoint[] = [
  user("GET", "/api/v1/followed_tags", "read:follows", followedTags),
  optional("GET", "/api/v1/tags/:name", "read", showTag),
  user("POST", "/api/v1/tags/:name/follow", "write:follows", changeTagFollow("follow")),
  user("POST", "/api/v1/tags/:name/unfollow", "write:follows", changeTagFollow("unfollow")),
  user("POST", "/api/v1/tags/:name/feature", "write:accounts", featureTag),
  user("POST", "/api/v1/tags/:name/unfeature", "write:accounts", showTag),
];
