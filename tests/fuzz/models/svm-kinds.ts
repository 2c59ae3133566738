// Support vector machines among what is compared with scikit-learn.
import type { Kind } from './case.ts';

export const SVM_KINDS: readonly Kind[] = [];
