using System.Text;
using System.Text.Json.Nodes;

namespace Experiments.TestServers;

/// <summary>A message as the bus writes it, and ways to corrupt it.</summary>
public static class MessageMutation
{
    private static readonly string[] Values =
    [
        "null", "0", "-1", "1", "100000", "2147483647", "2147483648", "-9223372036854775808", "1e400", "-1e400", "0.5", "1e-400", "true", "\"\"", "\"x\"", "\"NaN\"", "\"Infinity\"", "\"-1\"", "\"2\"", "[]", "{}", "[null]", "[[1]]", "{\"a\":null}",
        "{\"a\":1e400}", "{\"validation/accuracy\":\"NaN\"}", "{\"\":1}", "\"\\u0000\"", "\"../../etc/passwd\"", "\"completed\"", "\"nonsense\"", "\"0001-01-01T00:00:00Z\"", "\"9999-12-31T23:59:59Z\"", "\"yesterday\"",
        "[{\"name\":null,\"bytes\":-1,\"sha256\":null}]", "[{\"name\":\"../x\",\"bytes\":1,\"sha256\":\"0\"}]", "{\"kind\":\"crash\",\"message\":null}", "{\"kind\":\"nonsense\",\"message\":\"x\"}", "{\"first\":-1,\"last\":-2}",
    ];

    /// <summary>The envelope of a message of the type <paramref name="typeName"/> (its full name).</summary>
    public static JsonObject Envelope(string typeName, JsonNode message)
    {
        int dot = typeName.LastIndexOf('.');
        return new JsonObject
        {
            ["messageId"] = Guid.NewGuid().ToString(),
            ["messageType"] = new JsonArray($"urn:message:{typeName[..dot]}:{typeName[(dot + 1)..]}"),
            ["message"] = message,
        };
    }

    public static byte[] ToBytes(JsonNode envelope) => Encoding.UTF8.GetBytes(envelope.ToJsonString());

    /// <summary>Corrupts a valid message: one or several of its values, its envelope, or random bytes.</summary>
    public static byte[] Of(JsonObject envelope, Random random)
    {
        JsonObject copy = envelope.DeepClone().AsObject();
        JsonObject message = copy["message"]!.AsObject();
        switch (random.Next(10))
        {
            case 0:
                return Noise(random);
            case 1:
                return Torn(ToBytes(copy), random);
            case 2:
                copy[Key(copy, random)] = Value(random);
                break;
            case 3:
                copy.Remove(Key(copy, random));
                break;
            case 4:
                message[$"unknown{random.Next()}"] = Value(random);
                message.Remove(Key(message, random));
                break;
            default:
                for (int changes = random.Next(1, 4); changes > 0; changes--)
                {
                    message[Key(message, random)] = Value(random);
                }

                break;
        }

        return ToBytes(copy);
    }

    private static string Key(JsonObject json, Random random) => json.Count == 0 ? "a" : json.ElementAt(random.Next(json.Count)).Key;

    private static JsonNode? Value(Random random) => random.Next(15) == 0
        ? JsonValue.Create(new string('x', random.Next(1_000, 300_000)))
        : JsonNode.Parse(Values[random.Next(Values.Length)]);

    private static byte[] Noise(Random random)
    {
        byte[] bytes = new byte[random.Next(500)];
        random.NextBytes(bytes);
        return bytes;
    }

    private static byte[] Torn(byte[] bytes, Random random)
    {
        byte[] torn = bytes[..random.Next(bytes.Length + 1)];
        for (int changes = random.Next(4); changes > 0 && torn.Length > 0; changes--)
        {
            torn[random.Next(torn.Length)] = (byte)random.Next(256);
        }

        return torn;
    }
}
