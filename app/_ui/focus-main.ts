// Where the focus goes when what had it is gone: to the page's main element, so that keys and screen readers go on there.

export function focusMain(): void {
  const main = document.getElementById('main');
  main?.setAttribute('tabindex', '-1');
  main?.focus({ preventScroll: true });
}
