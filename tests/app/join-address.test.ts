// By which address link and QR code let people join.
import { expect, it } from 'vitest';
import { joinOrigin } from '#app/_features/join/join-address.ts';

const WLAN = 'http://192.168.1.23:3000';
const DOCKER = 'http://172.18.0.1:3000';
const server = {
  publicUrl: WLAN,
  addresses: [
    { origin: WLAN, name: 'wlan0', virtual: false },
    { origin: DOCKER, name: 'docker0', virtual: true },
  ],
};

it('is the one the facilitator chose, while the server has it', () => {
  expect(joinOrigin('http://localhost:3000', DOCKER, server)).toBe(DOCKER);
  expect(joinOrigin(DOCKER, 'http://10.9.9.9:3000', server)).toBe(DOCKER);
});

it('is never one that only this machine understands, where the server has another', () => {
  for (const page of ['http://localhost:3000', 'http://127.0.0.1:3000', 'http://[::1]:3000'])
    expect(joinOrigin(page, null, server)).toBe(WLAN);
});

it('is else the one that this page was opened by', () => {
  expect(joinOrigin('http://laptop.local:3000', null, server)).toBe('http://laptop.local:3000');
  expect(joinOrigin('http://localhost:3000', null, null)).toBe('http://localhost:3000');
});
