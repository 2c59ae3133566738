// The addresses of this machine that others on the network may reach it at, best first.
// Invariant: the interface of the default route comes first; bridges, tunnels and other virtual ones come last, since a
// phone in the same Wi-Fi reaches none of them.
import { createSocket } from 'node:dgram';
import { hostname, networkInterfaces } from 'node:os';

export interface OwnAddress {
  readonly address: string;
  /** The interface's name, such as wlan0. */
  readonly name: string;
  readonly virtual: boolean;
}
export type Interfaces = ReturnType<typeof networkInterfaces>;

/** Docker, libvirt, VMware, VirtualBox, Hyper-V and WSL, containers, VPNs, Apple's peer-to-peer interfaces. */
const VIRTUAL =
  /^(docker|br-|veth|virbr|vmnet|vmenet|vboxnet|vnet|vEthernet|lxc|lxd|incus|podman|cni|flannel|cali|kube|antrea|weave|ovs|vxlan|macv|waydroid|anbox|tun|tap|utun|ipsec|ppp|wg|zt|gre|sit\d|ip6tnl|gpd\d|cscotun|nord|proton|mullvad|tailscale|nebula|awdl|llw|anpi|p2p|feth|bridge|dummy|ifb)/i;
/** As Windows calls them, anywhere in the name; `*` is its own Wi-Fi Direct. */
const VIRTUAL_ON_WINDOWS =
  /vmware|virtualbox|hyper-v|\bwsl\b|vpn|wireguard|nordlynx|zerotier|tailscale|cloudflare|fortinet|anyconnect|globalprotect|outline|npcap|loopback|bluetooth|\*/i;
/** The host's side of VirtualBox, VMware and Docker, which Windows may call "Ethernet 2"; a guest of theirs has others. */
const VIRTUAL_MAC = /^(0a:00:27:|00:50:56:c0:|02:42:)/i;
const isVirtual = (name: string, mac: string): boolean =>
  VIRTUAL.test(name) || VIRTUAL_ON_WINDOWS.test(name) || VIRTUAL_MAC.test(mac);
const PRIVATE = /^(10\.|192\.168\.|172\.(1[6-9]|2\d|3[01])\.|100\.(6[4-9]|[7-9]\d|1[01]\d|12[0-7])\.)/;

/** IPv4 addresses. @param route the source address of the default route, if there is one */
export function ownAddresses(
  route: string | null,
  interfaces: Interfaces = networkInterfaces(),
): readonly OwnAddress[] {
  const all = Object.entries(interfaces).flatMap(([name, list]) =>
    (list ?? [])
      .filter(({ family, internal, address }) => family === 'IPv4' && !internal && !address.startsWith('169.254.'))
      .map(({ address, mac }) => ({ address, name, virtual: isVirtual(name, mac) })),
  );
  const rank = ({ address, virtual }: OwnAddress) => {
    // Behind a VPN for everything the default route is the tunnel, which nobody else reaches.
    if (virtual) return address === route ? 2 : 3;
    return address === route ? 0 : PRIVATE.test(address) ? 1 : 1.5;
  };
  return all.toSorted((a, b) => rank(a) - rank(b));
}

/** Every name and address of this machine as it is in a Host header, without a port. */
export function ownHosts(interfaces: Interfaces = networkInterfaces(), name = hostname()): ReadonlySet<string> {
  const addresses = Object.values(interfaces).flatMap((list) => list ?? []);
  const short = name.toLowerCase().replace(/\.local$/, '');
  // Of a name with a domain, the network's own names have the first part.
  const [first = short] = short.split('.');
  return new Set([
    short,
    first,
    `${short}.local`,
    `${first}.local`,
    ...addresses.map(({ family, address }) => (family === 'IPv6' ? `[${address.split('%')[0]}]` : address)),
  ]);
}

/** The address from which this machine would reach the internet. Nothing is sent for it. */
export function defaultRouteAddress(): Promise<string | null> {
  return new Promise((resolve) => {
    const socket = createSocket('udp4');
    const done = (address: string | null) => {
      socket.close();
      resolve(address);
    };
    socket.once('error', () => done(null));
    // 192.0.2.1 is for documentation: it belongs to nobody.
    socket.connect(9, '192.0.2.1', () => done(socket.address().address));
  });
}
