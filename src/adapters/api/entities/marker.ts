import type { Marker as Kept } from "#domain/timelines/markers.ts";
import { wireTime } from "./wire.ts";

/** https://docs.joinmastodon.org/entities/Marker/ */
export type Marker = { last_read_id: string; version: number; updated_at: string };

/** By the timelines that they are of. */
export function markerEntities(markers: readonly Kept[]): Record<string, Marker> {
  return Object.fromEntries(
    markers.map(({ timeline, lastRead, version, updatedAt }) => [
      timeline,
      { last_read_id: lastRead, version, updated_at: wireTime(updatedAt) },
    ]),
  );
}
