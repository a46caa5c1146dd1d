import { done, missing } from "../answers.ts";
import { open, optional, ready, user, type Endpoint } from "../endpoint.ts";
import { block, blocks, unblock } from "./block.ts";
import { preferences, verifyCredentials } from "./credentials.ts";
import { directory } from "./directory.ts";
import { changeDomainBlock, domainBlocks } from "./domain-blocks.ts";
import { endorse, featureTag, nothing, nothingOf, unendorse } from "./featured.ts";
import { followAccount, removeFollower, unfollowAccount } from "./follow.ts";
import { answerFollowRequest, followRequests } from "./follow-requests.ts";
import { follows } from "./follows.ts";
import { listsWithAccount } from "./lists-with.ts";
import { lookUpAccount, searchAccounts } from "./look-up.ts";
import { mute, mutes, unmute } from "./mute.ts";
import { note } from "./note.ts";
import { removePicture } from "./profile-pictures.ts";
import { familiarFollowers, relationships } from "./relationships.ts";
import { showAccount, showAccounts } from "./show.ts";
import { statusesOfAccount } from "./statuses.ts";
import { updateCredentials } from "./update-credentials.ts";

export const accountEndpoints: readonly Endpoint[] = [
  ready(user("GET", "/api/v1/accounts/verify_credentials", ["profile", "read:accounts"], verifyCredentials)),
  user("PATCH", "/api/v1/accounts/update_credentials", "write:accounts", updateCredentials),
  user("DELETE", "/api/v1/profile/avatar", "write:accounts", removePicture("avatar")),
  user("DELETE", "/api/v1/profile/header", "write:accounts", removePicture("header")),
  ready(user("GET", "/api/v1/preferences", "read:accounts", preferences)),
  optional("GET", "/api/v1/accounts", "read:accounts", showAccounts),
  ready(user("GET", "/api/v1/accounts/relationships", "read:follows", relationships)),
  user("GET", "/api/v1/accounts/familiar_followers", "read:follows", familiarFollowers),
  user("GET", "/api/v1/accounts/search", "read:accounts", searchAccounts),
  optional("GET", "/api/v1/accounts/lookup", "read:accounts", lookUpAccount),
  ready(optional("GET", "/api/v1/accounts/:id", "read:accounts", showAccount)),
  ready(optional("GET", "/api/v1/accounts/:id/statuses", "read:statuses", statusesOfAccount)),
  ready(optional("GET", "/api/v1/accounts/:id/followers", "read:accounts", follows("followers"))),
  ready(optional("GET", "/api/v1/accounts/:id/following", "read:accounts", follows("following"))),
  optional("GET", "/api/v1/accounts/:id/featured_tags", "read:accounts", nothingOf),
  optional("GET", "/api/v1/accounts/:id/endorsements", "read:accounts", nothingOf),
  user("GET", "/api/v1/accounts/:id/identity_proofs", "read:accounts", nothingOf),
  user("GET", "/api/v1/accounts/:id/lists", "read:lists", listsWithAccount),
  user("POST", "/api/v1/accounts/:id/follow", "write:follows", followAccount),
  user("POST", "/api/v1/accounts/:id/unfollow", "write:follows", unfollowAccount),
  user("POST", "/api/v1/accounts/:id/remove_from_followers", "write:follows", removeFollower),
  user("POST", "/api/v1/accounts/:id/mute", "write:mutes", mute),
  user("POST", "/api/v1/accounts/:id/unmute", "write:mutes", unmute),
  user("POST", "/api/v1/accounts/:id/block", "write:blocks", block),
  user("POST", "/api/v1/accounts/:id/unblock", "write:blocks", unblock),
  user("POST", "/api/v1/accounts/:id/note", "write:accounts", note),
  user("POST", "/api/v1/accounts/:id/pin", "write:accounts", endorse),
  user("POST", "/api/v1/accounts/:id/unpin", "write:accounts", unendorse),
  user("POST", "/api/v1/accounts/:id/endorse", "write:accounts", endorse),
  user("POST", "/api/v1/accounts/:id/unendorse", "write:accounts", unendorse),
  user("GET", "/api/v1/mutes", "read:mutes", mutes),
  user("GET", "/api/v1/blocks", "read:blocks", blocks),
  user("GET", "/api/v1/domain_blocks", "read:blocks", domainBlocks),
  user("POST", "/api/v1/domain_blocks", "write:blocks", changeDomainBlock("add")),
  user("DELETE", "/api/v1/domain_blocks", "write:blocks", changeDomainBlock("remove")),
  user("GET", "/api/v1/follow_requests", "read:follows", followRequests),
  user("POST", "/api/v1/follow_requests/:id/authorize", "write:follows", answerFollowRequest("accept")),
  user("POST", "/api/v1/follow_requests/:id/reject", "write:follows", answerFollowRequest("reject")),
  user("GET", "/api/v1/endorsements", "read:accounts", nothing),
  user("GET", "/api/v1/featured_tags", "read:accounts", nothing),
  user("GET", "/api/v1/featured_tags/suggestions", "read:accounts", nothing),
  user("POST", "/api/v1/featured_tags", "write:accounts", featureTag),
  user("DELETE", "/api/v1/featured_tags/:id", "write:accounts", missing),
  user("GET", "/api/v2/suggestions", "read", nothing),
  user("GET", "/api/v1/suggestions", "read", nothing),
  user("DELETE", "/api/v1/suggestions/:id", "read", done),
  open("GET", "/api/v1/directory", directory),
];
