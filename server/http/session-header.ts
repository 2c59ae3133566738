// Tells the balancer in front of several nodes which session an answer is about, where its request named none: a new session,
// or a join by code. It sends all further requests of that session here.
// Invariant: only the node that owns the session says so; where the answer was passed on, the header is taken off.
export const SESSION_HEADER = 'x-crowd-session';
