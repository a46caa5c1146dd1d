import { sayKept } from "#domain/accounts/kept.ts";
import { mark, markedTimelines, markersOf, type Marker } from "#domain/timelines/markers.ts";
import { answer } from "../answers.ts";
import type { Call, Caller } from "../endpoint.ts";
import { markerEntities } from "../entities/marker.ts";

/** GET /api/v1/markers */
export async function readMarkers({ services, site, caller, params }: Call<Caller>): Promise<Response> {
  const authority = site.authority.id;
  const asked = params.texts("timeline");
  const timelines = markedTimelines.filter((one) => asked.includes(one));
  const markers = await services.db.read(authority, (tx) =>
    markersOf(tx, authority, readerOf(caller), timelines),
  );
  return answer(markerEntities(markers));
}

/** POST /api/v1/markers */
export async function saveMarkers({ services, site, caller, params, now }: Call<Caller>): Promise<Response> {
  const authority = site.authority.id;
  const wanted = markedTimelines.flatMap((timeline) => {
    const lastRead = params.nested(timeline)?.id("last_read_id");
    return lastRead ? [{ timeline, lastRead }] : [];
  });
  const markers = await services.db.as(authority, async (tx) => {
    const kept: Marker[] = [];
    for (const one of wanted) kept.push(await mark(tx, authority, readerOf(caller), one, now));
    if (kept.length > 0) await sayKept(tx, authority, { account: caller.account.id, what: "markers" });
    return kept;
  });
  return answer(markerEntities(markers));
}

function readerOf({ person, account }: Caller) {
  return { person: person.id, account: account.id };
}
