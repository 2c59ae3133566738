// Random ids made by the client. Invariant: works on plain http at a LAN address, where crypto.randomUUID is undefined.

/** 24 hexadecimal characters, 96 random bits. */
export function newId(): string {
  const bytes = crypto.getRandomValues(new Uint8Array(12));
  return Array.from(bytes, (byte) => byte.toString(16).padStart(2, '0')).join('');
}
