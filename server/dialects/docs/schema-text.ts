/** The part of JSON Schema that our tables produce. */
export type JsonSchema = {
  $ref?: string;
  type?: string | string[];
  const?: unknown;
  enum?: unknown[];
  properties?: Record<string, JsonSchema>;
  required?: string[];
  additionalProperties?: boolean | JsonSchema;
  items?: JsonSchema;
  anyOf?: JsonSchema[];
  oneOf?: JsonSchema[];
  description?: string;
  example?: unknown;
  examples?: unknown[];
  format?: string;
};

/** A schema as a reader of code would write the type: `{ id: integer, mentions: string | null }[]`. */
export function schemaText(schema: JsonSchema, indent = ''): string {
  if (schema.$ref) return schema.$ref.slice(schema.$ref.lastIndexOf('/') + 1);
  if (schema.const !== undefined) return JSON.stringify(schema.const);
  if (schema.enum) return schema.enum.map((value) => JSON.stringify(value)).join(' | ');
  const choices = schema.anyOf ?? schema.oneOf;
  if (choices) return [...new Set(choices.map((choice) => schemaText(choice, indent)))].join(' | ');
  if (schema.format === 'binary') return 'file';
  if (Array.isArray(schema.type)) {
    return schema.type.map((type) => schemaText({ ...schema, type }, indent)).join(' | ');
  }
  if (schema.type === 'array') return arrayText(schema, indent);
  if (schema.type === 'object') return objectText(schema, indent);
  return schema.type ?? 'any';
}

function arrayText(schema: JsonSchema, indent: string): string {
  const item = schemaText(schema.items ?? {}, indent);
  return item.includes(' | ') ? `(${item})[]` : `${item}[]`;
}

function objectText(schema: JsonSchema, indent: string): string {
  const fields = Object.entries(schema.properties ?? {});
  if (fields.length > 0) {
    const inner = `${indent}  `;
    const lines = fields.map(([name, field]) => {
      const optional = schema.required?.includes(name) ? '' : '?';
      const note = field.description ? `  // ${field.description}` : '';
      return `${inner}${name}${optional}: ${schemaText(field, inner)}${note}`;
    });
    return `{\n${lines.join('\n')}\n${indent}}`;
  }
  const values = schema.additionalProperties;
  return typeof values === 'object' ? `{ [name]: ${schemaText(values, indent)} }` : '{}';
}
