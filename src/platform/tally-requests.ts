import type { Counter, Registry } from "prom-client";

/** Counts one answer that took so many seconds. */
export type Tally = (seconds: number) => void;

type Route = {
  answers: number;
  seconds: number;
  /** How many took no longer than each of the bounds, and longer than the one before. */
  within: number[];
  statuses: Map<number, { answers: number; tally: Tally }>;
};
type Value = { metricName?: string; labels: Record<string, string | number>; value: number };

const bounds = [0.005, 0.02, 0.1, 0.5, 2];

/**
 * Answers by route and status, and how long they took. Counted in plain numbers, which costs next to nothing for each
 * answer, and told in Prometheus' words when somebody asks.
 */
export function tallyRequests(registry: Registry): (route: string, status: number) => Tally {
  const routes = new Map<string, Route>();
  register(registry, "counter", "torg_requests_total", "Requests answered", () =>
    [...routes].flatMap(([route, { statuses }]) =>
      [...statuses].map(([status, { answers }]) => ({ labels: { route, status }, value: answers })),
    ),
  );
  const seconds = "torg_request_seconds";
  register(registry, "histogram", seconds, "Time to answer", () =>
    [...routes].flatMap(([route, counted]) => histogramOf(seconds, route, counted)),
  );
  return (route, status) => {
    const counted = routes.get(route) ?? newRoute();
    routes.set(route, counted);
    const known = counted.statuses.get(status) ?? newStatus(counted);
    counted.statuses.set(status, known);
    return known.tally;
  };
}

function newRoute(): Route {
  return { answers: 0, seconds: 0, within: bounds.map(() => 0), statuses: new Map() };
}

function newStatus(route: Route): { answers: number; tally: Tally } {
  const status = {
    answers: 0,
    tally(seconds: number) {
      status.answers += 1;
      route.answers += 1;
      route.seconds += seconds;
      const bound = bounds.findIndex((most) => seconds <= most);
      if (bound !== -1) route.within[bound] = (route.within[bound] ?? 0) + 1;
    },
  };
  return status;
}

function histogramOf(name: string, route: string, { answers, seconds, within }: Route): Value[] {
  let sofar = 0;
  const buckets = bounds.map((le, index) => {
    sofar += within[index] ?? 0;
    return { metricName: `${name}_bucket`, labels: { le, route }, value: sofar };
  });
  return [
    ...buckets,
    { metricName: `${name}_bucket`, labels: { le: "+Inf", route }, value: answers },
    { metricName: `${name}_sum`, labels: { route }, value: seconds },
    { metricName: `${name}_count`, labels: { route }, value: answers },
  ];
}

function register(
  registry: Registry,
  type: "counter" | "histogram",
  name: string,
  help: string,
  values: () => Value[],
): void {
  const aggregator = "sum";
  const metric = {
    name,
    get: () => Promise.resolve({ name, help, type, aggregator, values: values() }),
  };
  // A registry asks no more of a metric than this; its types name only the library's own.
  registry.registerMetric(metric as unknown as Counter);
}
