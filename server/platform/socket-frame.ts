// The bytes of an unmasked WebSocket message (RFC 6455, 5.2): made once, written to every socket that gets it.

const OPCODES = { text: 0x81, binary: 0x82 } as const;

export function socketBytes(payload: Uint8Array, kind: keyof typeof OPCODES = 'binary'): Buffer {
  const { length } = payload;
  const head = Buffer.alloc(length < 126 ? 2 : length < 65_536 ? 4 : 10);
  head[0] = OPCODES[kind];
  if (length < 126) head[1] = length;
  else if (length < 65_536) {
    head[1] = 126;
    head.writeUInt16BE(length, 2);
  } else {
    head[1] = 127;
    head.writeBigUInt64BE(BigInt(length), 2);
  }
  return Buffer.concat([head, payload]);
}
