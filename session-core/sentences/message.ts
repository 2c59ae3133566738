// The `message` of answers to programs: English, made at the edge of the server and nowhere else.
// Invariant: nothing that is stored contains it; screens make their own sentence from the code and the facts.
import type { Rejection } from '../model/rejection.ts';
import { rejections } from './en/rejections.ts';
import { sentenceOf } from './sentence-of.ts';

export const messageOf = (rejection: Rejection): string => sentenceOf(rejections, rejection);
