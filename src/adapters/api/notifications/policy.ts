import { defineWords } from "#platform/i18n.ts";
import { answer, invalid } from "../answers.ts";
import type { Call, Caller } from "../endpoint.ts";

type UserCall = Call<Caller>;

/** What residents say to a public body reaches it: Torg neither drops nor puts aside what an account is told. */
const of = [
  "not_following",
  "not_followers",
  "new_accounts",
  "private_mentions",
  "limited_accounts",
] as const;
/** Version 1 knew all but the last. */
const ofV1 = of.slice(0, 4);
const summary = { pending_requests_count: 0, pending_notifications_count: 0 };

/** GET /api/v2/notifications/policy */
export function policy(): Response {
  return answer({ ...Object.fromEntries(of.map((whom) => [`for_${whom}`, "accept"])), summary });
}

/** PATCH or PUT /api/v2/notifications/policy */
export function changePolicy(call: UserCall): Response {
  const asked = of.map((whom) => call.params.text(`for_${whom}`) ?? "accept");
  return asked.every((one) => one === "accept") ? policy() : refusePolicy(call);
}

/** GET /api/v1/notifications/policy */
export function policyV1(): Response {
  return answer({ ...Object.fromEntries(ofV1.map((whom) => [`filter_${whom}`, false])), summary });
}

/** PUT /api/v1/notifications/policy */
export function changePolicyV1(call: UserCall): Response {
  return ofV1.some((whom) => call.params.flag(`filter_${whom}`)) ? refusePolicy(call) : policyV1();
}

function refusePolicy({ caller }: UserCall): Response {
  return invalid(policyWords[caller.person.language].nothingIsDropped);
}

const policyWords = defineWords(
  {
    nothingIsDropped:
      "Det som invånare säger till en myndighet ska nå fram. Därför går det inte att sortera bort notiser här. Inget ändrades. Vill du slippa notiser från någon kan du tysta det kontot.",
  },
  {
    nothingIsDropped:
      "What residents say to a public body has to reach it, so notifications cannot be filtered out here. Nothing was changed. To be spared notifications from somebody, mute that account.",
  },
);
