import type { Plan } from '../../plan/step.ts';
import type { Artefact } from '../emitter.ts';
import { markdownCode } from '../readable-text.ts';
import { bundleText } from './package-files.ts';

/** Files that run the bundle as a service: they name no server, so that one bundle serves every host. */
export function deployFiles(plan: Plan): readonly Artefact[] {
  return [
    bundleText('deploy/README.md', readme(plan)),
    bundleText('deploy/mailtopo@.service', systemdUnit),
    bundleText('deploy/mailtopo.sysusers.conf', 'u mailtopo - "SMTP transport" /var/lib/mailtopo\n'),
    bundleText('deploy/Dockerfile', dockerfile),
    bundleText('deploy/compose.yaml', composeFile(plan)),
    bundleText('.dockerignore', 'keys/\ndata/\ndeploy/\n'),
  ];
}

// Exit code 2 says that the bundle cannot do its job as it lies there: starting it again would not help.
// V8 compiles as it runs, so memory that is both writable and executable cannot be denied.
const systemdUnit = `[Unit]
Description=SMTP transport of server %I
After=network-online.target
Wants=network-online.target

[Service]
Type=exec
User=mailtopo
Group=mailtopo
ExecStart=/usr/bin/node /opt/mailtopo/transport/main.js --server %I --data /var/lib/mailtopo
ExecReload=/bin/kill -HUP $MAINPID
EnvironmentFile=-/etc/mailtopo/environment
Restart=on-failure
RestartSec=5
RestartPreventExitStatus=2
TimeoutStopSec=60
StateDirectory=mailtopo
StateDirectoryMode=0700
UMask=0077
LimitNOFILE=65536
AmbientCapabilities=CAP_NET_BIND_SERVICE
CapabilityBoundingSet=CAP_NET_BIND_SERVICE
NoNewPrivileges=yes
ProtectSystem=strict
ProtectHome=yes
PrivateTmp=yes
PrivateDevices=yes
ProtectClock=yes
ProtectControlGroups=yes
ProtectHostname=yes
ProtectKernelLogs=yes
ProtectKernelModules=yes
ProtectKernelTunables=yes
ProtectProc=invisible
RestrictAddressFamilies=AF_INET AF_INET6 AF_UNIX AF_NETLINK
RestrictNamespaces=yes
RestrictRealtime=yes
RestrictSUIDSGID=yes
LockPersonality=yes
SystemCallArchitectures=native
SystemCallFilter=@system-service
SystemCallFilter=~@privileged @resources
SystemCallErrorNumber=EPERM

[Install]
WantedBy=multi-user.target
`;

const dockerfile = `# Build in the folder above: docker build -f deploy/Dockerfile -t mailtopo-transport .
# Private keys stay outside (see .dockerignore) and are mounted at /opt/mailtopo/keys.
FROM node:22-bookworm-slim
RUN apt-get update \\
 && apt-get install -y --no-install-recommends libcap2-bin \\
 && setcap cap_net_bind_service=+ep /usr/local/bin/node \\
 && rm -rf /var/lib/apt/lists/* \\
 && install -d -o node -g node -m 0700 /var/lib/mailtopo
WORKDIR /opt/mailtopo
COPY . .
USER node
VOLUME /var/lib/mailtopo
STOPSIGNAL SIGTERM
ENTRYPOINT ["node", "/opt/mailtopo/main.js", "--data", "/var/lib/mailtopo"]
`;

/** Names of environment variables that hold passwords; what is no such name is left out. */
function passwordVariables(plan: Plan): readonly string[] {
  const names = plan.credentials.flatMap(({ passwordFrom }) =>
    'env' in passwordFrom ? [passwordFrom.env] : [],
  );
  return [...new Set(names)].filter((name) => /^[A-Za-z_][A-Za-z0-9_]*$/.test(name));
}

function composeFile(plan: Plan): string {
  const variables = passwordVariables(plan);
  return [
    '# SERVER=EDGE01 docker compose up --build: the host has the addresses of that server of the topology.',
    'services:',
    '  transport:',
    '    build: { context: .., dockerfile: deploy/Dockerfile }',
    '    command: ["--server", "${SERVER:?name the server of the topology that this host stands for}"]',
    '    # The connectors bind to addresses of the host.',
    '    network_mode: host',
    '    cap_drop: [ALL]',
    '    cap_add: [NET_BIND_SERVICE]',
    '    read_only: true',
    ...(variables.length === 0 ? [] : ['    environment:', ...variables.map((name) => `      - ${name}`)]),
    '    volumes:',
    '      - data:/var/lib/mailtopo',
    '      - ../keys:/opt/mailtopo/keys:ro',
    '    restart: on-failure',
    '    stop_grace_period: 60s',
    'volumes:',
    '  data:',
    '',
  ].join('\n');
}

function readme(plan: Plan): string {
  const servers = plan.servers.map(({ name }) => `- ${markdownCode(name)}`);
  const variables = passwordVariables(plan);
  const environment = variables.map(markdownCode).join(', ');
  return [
    '# Running the bundle',
    '',
    'One bundle holds the whole topology; `--server` says which of its servers a host stands for:',
    '',
    ...servers,
    '',
    '## systemd',
    '',
    'Copy the folder `transport` to `/opt/mailtopo/transport` and Node 20.19 or later to `/usr/bin/node`, then as root in its',
    'folder `deploy`:',
    '',
    '```sh',
    'install -m 0644 mailtopo.sysusers.conf /usr/lib/sysusers.d/mailtopo.conf && systemd-sysusers',
    "install -m 0644 'mailtopo@.service' /etc/systemd/system/",
    'chown -R mailtopo: /opt/mailtopo/transport/keys',
    'systemctl daemon-reload',
    'systemctl enable --now "mailtopo@$(systemd-escape SERVER)"',
    '```',
    '',
    'Queue, mail and logs go to `/var/lib/mailtopo`. After another `compile` into the same folder, `systemctl reload` goes on by the new',
    'topology, certificates and keys without dropping a session; the log says `reloaded`, or `reload refused` and why. A new version of',
    'mailtopo, or another set of servers, needs `systemctl restart`, which lets messages under way finish.',
    ...(variables.length === 0
      ? []
      : [
          `Passwords are read from \`/etc/mailtopo/environment\` (mode 0600), one \`NAME=value\` a line: ${environment}.`,
        ]),
    '',
    '## Container',
    '',
    '`SERVER=… docker compose up --build`, in this folder. The process runs as user 1000, who must be able to read the',
    'files in `../keys`. It shares the network of the host, for connectors bind to addresses.',
    '',
  ].join('\n');
}
