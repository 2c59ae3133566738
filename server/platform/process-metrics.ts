// What the process uses: memory, processor, collections of garbage, open files, lag of the event loop. The names are those
// that dashboards for Node know.
import { readdir, readFile } from 'node:fs/promises';
import { monitorEventLoopDelay, PerformanceObserver } from 'node:perf_hooks';
import type { Metrics } from './metrics.ts';

/** Each sample wakes the process: fifty a second would be more than all else that an idle server does. */
const LAG_RESOLUTION_MS = 100;

export interface ProcessMetrics {
  /** 99th percentile since Prometheus asked last, in milliseconds, without the timer's own period. */
  loopLagMs(): number;
  close(): void;
}

export function measureProcess(metrics: Metrics): ProcessMetrics {
  const lag = monitorEventLoopDelay({ resolution: LAG_RESOLUTION_MS });
  lag.enable();
  const loopLagMs = () => {
    const late = lag.count === 0 ? 0 : lag.percentile(99) / 1e6 - LAG_RESOLUTION_MS;
    return Math.max(0, Math.round(late * 10) / 10);
  };
  const collections = metrics.histogram('nodejs_gc_duration_seconds', 'Collections of garbage');
  const garbage = new PerformanceObserver((list) => {
    for (const { duration } of list.getEntries()) collections.observe(duration / 1000);
  });
  garbage.observe({ entryTypes: ['gc'] });

  metrics.gauge('crowd_event_loop_lag_seconds', 'How late the event loop runs its timers, 99th percentile', () => {
    const seconds = loopLagMs() / 1000;
    lag.reset();
    return seconds;
  });
  const began = performance.timeOrigin / 1000;
  metrics.gauge('process_start_time_seconds', 'Start of the process, seconds since 1970', () => began);
  metrics.total('process_cpu_seconds_total', 'Processor time of the process without its children', () => {
    const { user, system } = process.cpuUsage();
    return (user + system) / 1e6;
  });
  metrics.gauge('process_resident_memory_bytes', 'Memory of the process without its children', () =>
    process.memoryUsage.rss(),
  );
  metrics.gauge('nodejs_heap_size_used_bytes', 'Objects of JavaScript', () => process.memoryUsage().heapUsed);
  metrics.gauge('nodejs_external_memory_bytes', 'Buffers', () => process.memoryUsage().external);
  // Elsewhere than on Linux nothing says it: the gauge is empty there.
  metrics.gauge('process_open_fds', 'Open files and connections', () =>
    readdir('/proc/self/fd').then(
      (names) => names.length,
      () => ({}),
    ),
  );
  metrics.gauge('process_max_fds', 'How many the process may have open', () =>
    readFile('/proc/self/limits', 'utf8').then(
      (text) => Number(/^Max open files\s+(\d+)/m.exec(text)?.[1] ?? Number.POSITIVE_INFINITY),
      () => ({}),
    ),
  );
  return {
    loopLagMs,
    close() {
      lag.disable();
      garbage.disconnect();
    },
  };
}
