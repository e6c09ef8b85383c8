/** What would run if any text of a file became part of a page. */
export const ATTACK = `"'><script>document.title='owned'</script><img src=x onerror="document.title='owned'">&lt;b&gt;`;

const quoted = (text: string): string => JSON.stringify(text);

/** Files in which everything that a page shows is hostile: names, values, comments, names of files and of stacks. */
export const HOSTILE_FILES: Readonly<Record<string, string>> = {
  'compose.yaml': `# ${ATTACK}
name: hostile
services:
  ${quoted(ATTACK)}:
    image: ${quoted(`example/${ATTACK}`)}
  web:
    image: example/web:latest # </pre></code></script>${ATTACK}
    container_name: ${quoted(ATTACK)}
    command: [${quoted(ATTACK)}]
    environment:
      EVIL: ${quoted(ATTACK)}
      PASSWORD: correct-horse-battery
      ${quoted(ATTACK)}: value
    networks: [${quoted(ATTACK)}, end]
    depends_on: [end]
    volumes: [${quoted(`./${ATTACK}:/data`)}]
  end:
    image: example/end
    networks: [end]
    depends_on: [${quoted(ATTACK)}]
    ports: ["80:80"]
networks:
  ${quoted(ATTACK)}: {}
  end: {}
`,
  [`compose.<img src=x onerror=alert(1)>.yaml`]: `services:
  web:
    image: example/web:latest
    environment:
      EVIL: ${quoted(`${ATTACK} again`)}
`,
  'fog-lint.yaml': `stacks:
  ${quoted(ATTACK)}: {files: [compose.yaml]}
`,
};
