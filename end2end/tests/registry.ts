// A registry on loopback: images of one layer, and a layer that can be held back.
import { createHash } from 'node:crypto';
import { createServer, type Server } from 'node:http';
import type { AddressInfo } from 'node:net';

const digest = (bytes: Buffer) => `sha256:${createHash('sha256').update(bytes).digest('hex')}`;

/** A tar of empty programs. */
function tar(names: string[]): Buffer {
  const heads = names.map((name) => {
    const head = Buffer.alloc(512);
    head.write(name, 0);
    head.write('0000755\0', 100);
    head.write('00000000000\0', 124);
    head.fill(' ', 148, 156);
    head.write('0ustar\x0000', 156);
    head.copy(head, 257, 157, 165);
    head.fill(0, 157, 165);
    head.write(`${head.reduce((sum, byte) => sum + byte, 0).toString(8).padStart(6, '0')}\0 `, 148);
    return head;
  });
  return Buffer.concat([...heads, Buffer.alloc(1024)]);
}

export class Registry {
  private blobs = new Map<string, Buffer>();
  private tags = new Map<string, string>();
  private layers = new Set<string>();
  private waiting: (() => void)[] = [];
  private server?: Server;
  /** Whether layers are held back. */
  held = false;
  port = 0;

  add(tag: string, architecture: string, config: object, programs: string[]): void {
    const put = (bytes: Buffer) => { this.blobs.set(digest(bytes), bytes); return { digest: digest(bytes), size: bytes.length }; };
    const layer = { mediaType: 'layer.tar', ...put(tar(programs)) };
    this.layers.add(layer.digest);
    const manifest = { schemaVersion: 2, config: put(Buffer.from(JSON.stringify({ os: 'linux', architecture, config }))), layers: [layer] };
    this.tags.set(tag, put(Buffer.from(JSON.stringify(manifest))).digest);
  }

  async start(): Promise<void> {
    this.server = createServer((request, response) => {
      const name = request.url!.split('/').at(-1)!;
      const found = this.tags.get(name) ?? name;
      const body = request.url!.includes('/tags/list') ? Buffer.from(JSON.stringify({ tags: [...this.tags.keys()] })) : this.blobs.get(found);
      const answer = () => {
        response.writeHead(body ? 200 : 404, { 'docker-content-digest': found, 'content-length': body?.length ?? 0 });
        response.end(request.method === 'HEAD' ? undefined : body);
      };
      if (this.held && this.layers.has(name)) this.waiting.push(answer); else answer();
    });
    await new Promise<void>((done) => this.server!.listen(0, '127.0.0.1', done));
    this.port = (this.server!.address() as AddressInfo).port;
  }

  /** Lets the layers that wait go on. */
  release(): void {
    this.held = false;
    this.waiting.splice(0).forEach((go) => go());
  }

  image = (tag: string) => `127.0.0.1:${this.port}/demo/app:${tag}`;
  flags = () => ['--registry-allow', `http://127.0.0.1:${this.port}=127.0.0.0/8`, '--limits', 'off'];

  async end(): Promise<void> {
    this.server!.closeAllConnections();
    await new Promise((done) => this.server!.close(done));
  }
}
