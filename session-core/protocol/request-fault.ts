// What is wrong with a payload, as code and facts; the sentence is made from them where it is shown.
// Invariant: names the field and what is expected; of the payload, only a short type name and the name of a file are repeated.
import * as v from 'valibot';
import { fileNameFault, isFileName } from '#pipeline-core/workspace/file-names.ts';
import type { RequestFault } from '../model/rejection.ts';
import { isCodable } from '../util/code-text.ts';

export function requestFaultOf(issue: v.BaseIssue<unknown>): RequestFault {
  const path = v.getDotPath(issue);
  const at = path === null ? {} : { field: path.slice(0, 100) };
  const { type, expected, received, requirement, input } = issue;
  const limit = Number(requirement);
  const of = typeof input === 'string' ? 'characters' : 'entries';
  switch (type) {
    case 'variant':
      return received === 'undefined'
        ? { fault: 'missing', ...at }
        : { fault: 'unknown_type', ...at, received: received.slice(0, 60) };
    case 'max_entries':
    case 'max_length':
      return { fault: 'too_many', ...at, of, limit };
    case 'min_length':
      return { fault: 'too_few', ...at, of, limit };
    case 'max_value':
      return { fault: 'too_large', ...at, limit };
    case 'min_value':
      return { fault: 'too_small', ...at, limit };
    case 'integer':
      return { fault: 'not_integer', ...at };
    case 'finite':
      return { fault: 'not_finite', ...at };
    case 'check': {
      if (requirement === isCodable) return { fault: 'not_codable', ...at };
      const name = requirement === isFileName ? fileNameFault(String(input)) : null;
      return name === null ? { fault: 'format', ...at } : { fault: 'file_name', ...at, ...name };
    }
    case 'regex':
      return { fault: 'format', ...at };
  }
  if (expected === 'never') return { fault: 'unknown_field', ...at };
  if (type === 'strict_object' && received === 'undefined') return { fault: 'missing', ...at };
  return { fault: 'type', ...at, expected: expected ?? '' };
}
