// A run's error with the sentence that screens show for it, so that tests can read both.
import type { RunError } from '#pipeline-core/core/report.ts';
import { runErrors } from '#session-core/sentences/en/reports.ts';
import { runErrorText } from '#session-core/sentences/report-sentences.ts';

export const errorText = (error: RunError | undefined): string | undefined => error && runErrorText(runErrors, error);

export const withText = (error: RunError | undefined) => error && { ...error, message: runErrorText(runErrors, error) };
