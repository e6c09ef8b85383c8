import type { HostUse, ImageFacts } from './facts.js';

/** Tools that work with the Docker daemon, the host or its networks. Of these, only that is known. */
const tool = (
  title: string,
  names: readonly string[],
  hostUse: readonly HostUse[],
  sources: readonly string[],
): ImageFacts => ({ names, title, kind: 'tool', ports: [], stateful: [], hostUse, sources });

/** Images whose work is with the host: agents, runners, networks, proxies of the Docker socket. */
export const HOST_TOOLS: readonly ImageFacts[] = [
  tool(
    'a proxy of the Docker socket',
    [
      'tecnativa/docker-socket-proxy',
      'ghcr.io/tecnativa/docker-socket-proxy',
      'linuxserver/socket-proxy',
      'lscr.io/linuxserver/socket-proxy',
      'wollomatic/socket-proxy',
      'ghcr.io/wollomatic/socket-proxy',
      '11notes/socket-proxy',
    ],
    ['docker', 'docker-filter'],
    ['https://github.com/Tecnativa/docker-socket-proxy', 'https://github.com/wollomatic/socket-proxy'],
  ),
  tool(
    'a scheduler of jobs in containers',
    ['mcuadros/ofelia', 'ghcr.io/netresearch/ofelia'],
    ['docker'],
    ['https://github.com/mcuadros/ofelia'],
  ),
  tool('autoheal', ['willfarrell/autoheal'], ['docker'], ['https://github.com/willfarrell/docker-autoheal']),
  tool('Diun', ['crazymax/diun', 'ghcr.io/crazy-max/diun'], ['docker'], ['https://crazymax.dev/diun/']),
  tool(
    'a companion of nginx-proxy',
    ['nginxproxy/acme-companion', 'jrcs/letsencrypt-nginx-proxy-companion', 'nginxproxy/docker-gen'],
    ['docker'],
    ['https://github.com/nginx-proxy/acme-companion'],
  ),
  tool(
    'a runner of builds',
    [
      'gitlab/gitlab-runner',
      'gitea/act_runner',
      'drone/drone-runner-docker',
      'myoung34/github-runner',
      'woodpeckerci/woodpecker-agent',
    ],
    ['docker', 'kernel'],
    ['https://docs.gitlab.com/runner/install/docker/', 'https://docs.gitea.com/usage/actions/act-runner'],
  ),
  tool('Dockge', ['louislam/dockge'], ['docker'], ['https://github.com/louislam/dockge']),
  tool('Homepage', ['ghcr.io/gethomepage/homepage'], ['docker'], ['https://gethomepage.dev/installation/docker/']),
  tool(
    'the Datadog agent',
    ['datadog/agent', 'gcr.io/datadoghq/agent', 'public.ecr.aws/datadog/agent'],
    ['docker', 'files', 'processes', 'network'],
    ['https://docs.datadoghq.com/containers/docker/'],
  ),
  tool(
    'the Zabbix agent',
    ['zabbix/zabbix-agent', 'zabbix/zabbix-agent2'],
    ['docker', 'files', 'processes', 'network'],
    ['https://hub.docker.com/r/zabbix/zabbix-agent2'],
  ),
  tool(
    'an Elastic Beat',
    [
      'docker.elastic.co/beats/filebeat',
      'docker.elastic.co/beats/metricbeat',
      'elastic/filebeat',
      'elastic/metricbeat',
      'docker.elastic.co/beats/elastic-agent',
    ],
    ['docker', 'files', 'processes', 'network'],
    ['https://www.elastic.co/docs/reference/beats/filebeat/running-on-docker'],
  ),
  tool(
    'a shipper of logs',
    ['fluent/fluent-bit', 'fluent/fluentd', 'fluentd', 'timberio/vector'],
    ['docker', 'files'],
    [
      'https://docs.fluentbit.io/manual/installation/downloads/docker',
      'https://vector.dev/docs/setup/installation/platforms/docker/',
    ],
  ),
  tool(
    'CrowdSec',
    ['crowdsecurity/crowdsec'],
    ['docker', 'files'],
    ['https://docs.crowdsec.net/u/getting_started/installation/docker/'],
  ),
  tool(
    'a VPN',
    [
      'linuxserver/wireguard',
      'lscr.io/linuxserver/wireguard',
      'ghcr.io/linuxserver/wireguard',
      'weejewel/wg-easy',
      'ghcr.io/wg-easy/wg-easy',
      'qmcgaw/gluetun',
      'ghcr.io/qdm12/gluetun',
      'tailscale/tailscale',
      'ghcr.io/tailscale/tailscale',
      'kylemanna/openvpn',
      'cloudflare/cloudflared',
    ],
    ['files', 'network', 'network-admin'],
    ['https://docs.linuxserver.io/images/docker-wireguard/', 'https://tailscale.com/kb/1282/docker'],
  ),
  tool(
    'Home Assistant',
    ['homeassistant/home-assistant', 'ghcr.io/home-assistant/home-assistant'],
    ['network', 'kernel'],
    ['https://www.home-assistant.io/installation/linux#docker-compose'],
  ),
  tool(
    'a media server',
    [
      'plexinc/pms-docker',
      'jellyfin/jellyfin',
      'linuxserver/plex',
      'lscr.io/linuxserver/plex',
      'lscr.io/linuxserver/jellyfin',
    ],
    ['network'],
    ['https://github.com/plexinc/pms-docker', 'https://jellyfin.org/docs/general/installation/container'],
  ),
  tool(
    'an emulator of processors',
    ['tonistiigi/binfmt', 'multiarch/qemu-user-static', 'moby/buildkit'],
    ['kernel'],
    ['https://github.com/tonistiigi/binfmt', 'https://github.com/moby/buildkit'],
  ),
];
