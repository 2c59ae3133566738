// What the server measures of itself, in Prometheus' text format. Nothing in it names a session or a person.
import { monitorEventLoopDelay } from 'node:perf_hooks';

/** Seconds; from a memory-speed append to a run at its wall clock. */
const BUCKETS = [0.001, 0.005, 0.02, 0.05, 0.1, 0.25, 0.5, 1, 2.5, 5, 10, 45];
const LAG_RESOLUTION_MS = 20;

export interface Histogram {
  /** @param seconds */
  observe(seconds: number): void;
}
export interface Counter {
  add(n?: number): void;
}

export class Metrics {
  readonly #writers: (() => string)[] = [];
  readonly #lag = monitorEventLoopDelay({ resolution: LAG_RESOLUTION_MS });

  constructor() {
    this.#lag.enable();
    this.gauge('crowd_event_loop_lag_seconds', 'How late the event loop runs its timers, 99th percentile', () => {
      return this.loopLagMs() / 1000;
    });
  }

  /** 99th percentile since it was read last, in milliseconds, without the timer's own period. */
  loopLagMs(): number {
    const late = this.#lag.count === 0 ? 0 : this.#lag.percentile(99) / 1e6 - LAG_RESOLUTION_MS;
    return Math.max(0, Math.round(late * 10) / 10);
  }

  gauge(name: string, help: string, read: () => number): void {
    this.#writers.push(() => `${head(name, help, 'gauge')}${name} ${read()}\n`);
  }

  counter(name: string, help: string): Counter {
    let total = 0;
    this.#writers.push(() => `${head(name, help, 'counter')}${name} ${total}\n`);
    return {
      add: (n = 1) => {
        total += n;
      },
    };
  }

  histogram(name: string, help: string): Histogram {
    const counts = BUCKETS.map(() => 0);
    let [sum, count] = [0, 0];
    this.#writers.push(() => {
      const lines = BUCKETS.map((le, i) => `${name}_bucket{le="${le}"} ${counts[i]}\n`).join('');
      return `${head(name, help, 'histogram')}${lines}${name}_bucket{le="+Inf"} ${count}\n${name}_sum ${sum}\n${name}_count ${count}\n`;
    });
    return {
      observe: (seconds) => {
        sum += seconds;
        count += 1;
        // Prometheus' buckets are cumulative.
        BUCKETS.forEach((le, i) => {
          if (seconds <= le) counts[i] = (counts[i] ?? 0) + 1;
        });
      },
    };
  }

  text(): string {
    const all = this.#writers.map((write) => write()).join('');
    this.#lag.reset();
    return all;
  }

  close(): void {
    this.#lag.disable();
  }
}

const head = (name: string, help: string, type: string) => `# HELP ${name} ${help}\n# TYPE ${name} ${type}\n`;
