// Which address of a machine with many interfaces is given to phones.
import { expect, it } from 'vitest';
import { defaultRouteAddress, type Interfaces, ownAddresses, ownHosts } from '#server/platform/own-addresses.ts';

const at = (address: string, more: object = {}) => ({
  address,
  family: address.includes(':') ? 'IPv6' : 'IPv4',
  internal: false,
  netmask: '',
  mac: '',
  cidr: null,
  ...more,
});
const LAPTOP = {
  lo: [at('127.0.0.1', { internal: true })],
  docker0: [at('172.17.0.1')],
  'br-3f2a': [at('172.18.0.1')],
  veth12: [at('172.19.0.1')],
  tailscale0: [at('100.101.1.2')],
  wlan0: [at('192.168.1.23'), at('fe80::1%wlan0')],
  eth0: [at('10.0.0.5')],
} as unknown as Interfaces;
const order = (route: string | null, interfaces: Interfaces = LAPTOP) =>
  ownAddresses(route, interfaces).map(({ name }) => name);

it('puts the interface of the default route first, virtual ones last', () => {
  expect(order('192.168.1.23').slice(0, 2)).toEqual(['wlan0', 'eth0']);
  expect(order('10.0.0.5').slice(0, 2)).toEqual(['eth0', 'wlan0']);
  expect(order('192.168.1.23')).not.toContain('lo');
  expect(ownAddresses('10.0.0.5', LAPTOP).filter(({ virtual }) => virtual)).toHaveLength(4);
});

it('does not give the address of a tunnel while there is a real interface', () => {
  expect(order('100.101.1.2')[0]).toBe('wlan0');
  expect(order('100.101.1.2', { tailscale0: LAPTOP['tailscale0'] ?? [] })).toEqual(['tailscale0']);
});

it.each([
  ...['VMware Network Adapter VMnet8', 'VirtualBox Host-Only Network', 'vEthernet (WSL (Hyper-V firewall))'],
  ...['NordLynx', 'ProtonVPN TUN', 'OpenVPN Data Channel Offload', 'ZeroTier One [17d709436c5f98f1]', 'proton0'],
  ...[
    'LAN-Verbindung* 10',
    'Bluetooth Network Connection',
    'CloudflareWARP',
    'incusbr0',
    'vmenet0',
    'cscotun0',
    'gpd0',
  ],
])('takes %s for no network of others, even as the default route', (name) => {
  const machine = { [name]: [at('10.8.0.2')], 'Wi-Fi': [at('192.168.1.23')] } as unknown as Interfaces;
  expect(order('10.8.0.2', machine)).toEqual(['Wi-Fi', name]);
  expect(order(null, machine)).toEqual(['Wi-Fi', name]);
});

it.each(['0A:00:27:00:00:05', '00:50:56:c0:00:08', '02:42:ac:11:00:01'])(
  'tells the host’s side of virtual machines by its card (%s), whatever it is called',
  (mac) => {
    const machine = { 'Ethernet 2': [at('192.168.56.1', { mac })], Ethernet: [at('192.168.1.23')] };
    expect(order(null, machine as unknown as Interfaces)).toEqual(['Ethernet', 'Ethernet 2']);
  },
);

it.each(['Ethernet 2', 'en0', 'wlp2s0', 'enp3s0f1', 'eno1', 'br0', 'bond0', 'usb0', 'WLAN', 'vmbr0', 'eth0.20'])(
  'takes %s for a network of others',
  (name) => {
    expect(ownAddresses(null, { [name]: [at('192.168.1.23')] } as unknown as Interfaces)).toMatchObject([
      { virtual: false },
    ]);
  },
);

it('works without a default route, as in a classroom with a switch alone', () => {
  expect(order(null)[0]).toBe('wlan0');
  expect(order(null, {})).toEqual([]);
});

it('answers to the name of the machine, with and without .local, and to IPv6 without a zone', () => {
  const hosts = ownHosts(LAPTOP, 'Laptop.local');
  for (const host of ['laptop', 'laptop.local', '172.18.0.1', '192.168.1.23', '[fe80::1]'])
    expect(hosts).toContain(host);
  const ofCompany = ownHosts(LAPTOP, 'Ana.corp.example.com');
  for (const host of ['ana', 'ana.local', 'ana.corp.example.com']) expect(ofCompany).toContain(host);
});

it('asks this machine for its default route', async () => {
  expect(await defaultRouteAddress()).toSatisfy(
    (found: string | null) => found === null || /^\d+(\.\d+){3}$/.test(found),
  );
});
