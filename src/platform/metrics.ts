import { Counter, Gauge, Histogram, Registry } from "prom-client";
import { tallyRequests, type Tally } from "./tally-requests.ts";

/** What operators watch, in Prometheus' words. */
export type Metrics = {
  registry: Registry;
  /** What counts the answers of a route that have a status. */
  requests: (route: string, status: number) => Tally;
  inboxRefused: Counter<"reason">;
  deliveries: Counter<"outcome">;
  openDecks: Gauge;
  /** Set when it is scraped. */
  journalPosition: Gauge;
  /** Set when it is scraped. */
  setAside: Gauge<"subscription">;
  /** From a post's arrival in the inbox to its leaving for the decks. */
  inboxToDeckSeconds: Histogram;
};

export function createMetrics(): Metrics {
  const registry = new Registry();
  const registers = [registry];
  return {
    registry,
    requests: tallyRequests(registry),
    inboxRefused: new Counter({
      name: "torg_inbox_refused_total",
      help: "Activities refused",
      labelNames: ["reason"],
      registers,
    }),
    deliveries: new Counter({
      name: "torg_deliveries_total",
      help: "Attempts to deliver",
      labelNames: ["outcome"],
      registers,
    }),
    journalPosition: new Gauge({
      name: "torg_journal_position",
      help: "The entry of the journal up to which this process has heard: what lags behind the others shows by it",
      registers,
    }),
    setAside: new Gauge({
      name: "torg_journal_set_aside",
      help: "Entries of the journal that a subscription could not handle; torg failures lists them",
      labelNames: ["subscription"],
      registers,
    }),
    openDecks: new Gauge({ name: "torg_open_decks", help: "Decks with a live line", registers }),
    inboxToDeckSeconds: new Histogram({
      name: "torg_inbox_to_deck_seconds",
      help: "From arrival to the decks",
      buckets: [0.02, 0.05, 0.1, 0.25, 0.5, 1, 2, 5],
      registers,
    }),
  };
}
