// What the server measures of itself, for Prometheus. The only importer of prom-client.
// Invariant: nothing in it names a session or a person; whatever can be asked when Prometheus asks is not measured before.
import { Counter, Gauge, Histogram, Registry } from 'prom-client';

/** Seconds; from a memory-speed append to a run at its wall clock. */
const BUCKETS = [0.001, 0.005, 0.02, 0.05, 0.1, 0.25, 0.5, 1, 2.5, 5, 10, 45];

export interface Observer {
  /** @param values of its labels, in their order */
  observe(seconds: number, ...values: readonly string[]): void;
}
export interface Count {
  add(...values: readonly string[]): void;
}
/** A number, or one for each value of the gauge's label. */
export type Reading = number | Readonly<Record<string, number>>;

export class Metrics {
  readonly #registry = new Registry();

  /** `read` is called when Prometheus asks. */
  gauge(name: string, help: string, read: () => Reading | Promise<Reading>, label?: string): void {
    const gauge = new Gauge({
      name,
      help,
      registers: [this.#registry],
      labelNames: label === undefined ? [] : [label],
      async collect() {
        const value = await read();
        gauge.reset();
        if (typeof value === 'number') gauge.set(value);
        else for (const [key, each] of Object.entries(value)) gauge.set({ [label ?? '']: key }, each);
      },
    });
  }

  /** Of something that others count. */
  total(name: string, help: string, read: () => number): void {
    const counter = new Counter({
      name,
      help,
      registers: [this.#registry],
      collect() {
        counter.reset();
        counter.inc(read());
      },
    });
  }

  counter(name: string, help: string, ...labelNames: readonly string[]): Count & { by(n: number): void } {
    const counter = new Counter({ name, help, labelNames: [...labelNames], registers: [this.#registry] });
    const child = remembered((values) => counter.labels(...values));
    return { add: (...values) => child(values).inc(), by: (n) => counter.inc(n) };
  }

  histogram(name: string, help: string, ...labelNames: readonly string[]): Observer {
    const histogram = new Histogram({
      name,
      help,
      labelNames: [...labelNames],
      buckets: BUCKETS,
      registers: [this.#registry],
    });
    const child = remembered((values) => histogram.labels(...values));
    return { observe: (seconds, ...values) => child(values).observe(seconds) };
  }

  text(): Promise<string> {
    return this.#registry.metrics();
  }
}

/** Looking a label up in prom-client costs more than what is counted. */
function remembered<T>(make: (values: string[]) => T): (values: readonly string[]) => T {
  const known = new Map<string, T>();
  return (values) => {
    const key = values.length === 1 ? (values[0] ?? '') : values.join('\0');
    const found = known.get(key);
    if (found !== undefined) return found;
    const made = make([...values]);
    known.set(key, made);
    return made;
  };
}
