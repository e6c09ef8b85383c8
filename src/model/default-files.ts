/** Names of Compose files that docker compose looks for, the preferred one first. @see compose-go cli/options.go */
export const DEFAULT_FILES = ['compose.yaml', 'compose.yml', 'docker-compose.yml', 'docker-compose.yaml'] as const;
