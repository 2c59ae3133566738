// The HTTP API's own refusals in English: for screens (app/_strings/en takes this table) and for programs (`message`).
// `{name}` is a fact of the answer.
export const httpErrors = {
  foreign_host: 'This server does not answer to that host name; ask for its address, or set PUBLIC_URL to this one.',
  foreign_origin: 'Requests from other websites are not allowed; see PUBLIC_URL.',
  route_not_found: 'There is no route {path}.',
  method_not_allowed: 'Method not allowed; use {allow}.',
  malformed_address: 'The address has a malformed %-sequence.',
  no_cookies:
    'This browser keeps no cookies, so the next page would not know who you are. Allow cookies for this site, or turn scripts on, and try again.',
  not_json: 'The body must be JSON: {what}.',
  too_large: 'This is too large: a request may have at most {bytes} bytes.',
  no_such_code: 'No open session has this code; check the join code and try again.',
  not_local:
    'Sessions are created in a browser on the machine of the server, with the link for it in its terminal, or with its CREATE_TOKEN.',
  bad_table: '{why}',
  no_such_table: 'This table is no longer on the server: choose the file again.',
  predict_unavailable: 'No model is being served right now: {why}.',
  predict_refused: '{why}.',
  not_ready: 'The server takes nobody right now (cause: {cause}).',
  metrics_not_local: 'The numbers are read on the machine of the server, or with its METRICS_TOKEN.',
  degraded: 'The server runs, but nothing can be stored (cause: {cause}).',
  superseded: 'A newer request of yours was answered instead.',
  failed: 'Something went wrong on our side; try again in a moment.',
} as const;
