import { Counter, Gauge, Histogram, Registry } from "prom-client";

/** What operators watch, in Prometheus' words. */
export type Metrics = {
  registry: Registry;
  requests: Counter<"route" | "status">;
  requestSeconds: Histogram<"route">;
  inboxRefused: Counter<"reason">;
  deliveries: Counter<"outcome">;
  openDecks: Gauge;
  /** From a post's arrival in the inbox to its leaving for the decks. */
  inboxToDeckSeconds: Histogram;
};

export function createMetrics(): Metrics {
  const registry = new Registry();
  const registers = [registry];
  return {
    registry,
    requests: new Counter({
      name: "torg_requests_total",
      help: "Requests answered",
      labelNames: ["route", "status"],
      registers,
    }),
    requestSeconds: new Histogram({
      name: "torg_request_seconds",
      help: "Time to answer",
      labelNames: ["route"],
      buckets: [0.005, 0.02, 0.1, 0.5, 2],
      registers,
    }),
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
    openDecks: new Gauge({ name: "torg_open_decks", help: "Decks with a live line", registers }),
    inboxToDeckSeconds: new Histogram({
      name: "torg_inbox_to_deck_seconds",
      help: "From arrival to the decks",
      buckets: [0.02, 0.05, 0.1, 0.25, 0.5, 1, 2, 5],
      registers,
    }),
  };
}
