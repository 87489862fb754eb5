using System.Text.Json;
using System.Text.Json.Nodes;
using CsCheck;
using Experiments.ServiceDefaults.Yaml;

namespace Experiments.ServiceDefaults.Tests.Yaml;

public sealed class YamlRoundTripTests
{
    private static readonly Gen<string> AnyText = Gen.OneOf(
        Gen.String[Gen.Char['\u0000', '\uD7FF'], 0, 12],
        Gen.String[Gen.Char[' ', '~'], 0, 12],
        Gen.String[Gen.Char["-?:,[]{}#&*!|>'\"%@` \n\t0x1e.~ab"], 0, 8],
        Gen.OneOf("", "null", "~", "true", "False", "no", "1e-3", "0x1F", "0o7", "007", ".5", "-.inf", ".nan", "<<", "---", "...", "a: b", "a #b", "😀", "=", "\u0085", "\u2028", "\ufeff"));

    private static readonly Gen<JsonNode?> AnyScalar = Gen.OneOf(
        AnyText.Select(text => (JsonNode?)JsonValue.Create(text)),
        Gen.Double.Where(double.IsFinite).Select(number => (JsonNode?)JsonValue.Create(number)),
        Gen.OneOf(0.1, 1e-3, 1e-4, 1.5e-7, 1e20, 123456.789, -0.00012, 1e15, 1e14, 5e-324).Select(number => (JsonNode?)JsonValue.Create(number)),
        Gen.Long.Select(number => (JsonNode?)JsonValue.Create(number)),
        Gen.Bool.Select(value => (JsonNode?)JsonValue.Create(value)),
        Gen.Const((JsonNode?)null));

    private static readonly Gen<JsonNode?> AnyJson = Json(depth: 4);

    [Fact]
    public void ToJson_OfFromJson_GivesTheSame() => AnyJson.Sample(node =>
    {
        JsonElement json = JsonSerializer.SerializeToElement(node);

        string yaml = YamlJson.FromJson(json);

        Assert.True(JsonElement.DeepEquals(json, YamlJson.ToJson(yaml).RootElement), $"{json}\n---\n{yaml}");
    });

    [Theory]
    [InlineData("""{"learningRate":0.001,"weightDecay":0.0001,"x":1E-05,"y":1.50,"z":1e3}""", "learningRate: 0.001\nweightDecay: 1e-4\nx: 1e-5\ny: 1.50\nz: 1000\n")]
    [InlineData("""{"grid":{"model":["small_cnn","resnet18"],"freezeEpochs":[0,2]}}""", "grid:\n  model: [small_cnn, resnet18]\n  freezeEpochs: [0, 2]\n")]
    [InlineData("""{"exclude":[{"model":"small_cnn","freezeEpochs":2},{"epochs":1}]}""", "exclude:\n  - model: small_cnn\n    freezeEpochs: 2\n  - epochs: 1\n")]
    [InlineData("""{"a":"no","b":"true","c":"run:1","d":"it's","e":"","f":{},"g":[],"h":null}""", "a: no\nb: 'true'\nc: run:1\nd: it's\ne: ''\nf: {}\ng: []\nh: null\n")]
    [InlineData("\"just text\"", "just text\n")]
    [InlineData("""{"a *":"b","c &":true}""", "'a *': b\n'c &': true\n")]
    [InlineData("""{"a":"<<","b":"=","c":".inf","d":"*x","e":"one\ntwo","f":"a: b","g":"a #b"}""", "a: '<<'\nb: '='\nc: '.inf'\nd: '*x'\ne: \"one\\ntwo\"\nf: 'a: b'\ng: 'a #b'\n")]
    public void FromJson_Writes_AsPeopleDo(string json, string yaml) =>
        Assert.Equal(yaml, YamlJson.FromJson(JsonDocument.Parse(json).RootElement));

    [Fact]
    public void FromJson_LongKey_CanBeReadBack()
    {
        JsonElement json = JsonSerializer.SerializeToElement(new Dictionary<string, int> { [new string('k', 3000)] = 1 });

        Assert.True(JsonElement.DeepEquals(json, YamlJson.ToJson(YamlJson.FromJson(json)).RootElement));
    }

    private static Gen<JsonNode?> Json(int depth) => depth == 0
        ? AnyScalar
        : Gen.OneOf(
            AnyScalar,
            Json(depth - 1).Array[0, 5].Select(items => (JsonNode?)new JsonArray([.. items.Select(item => item?.DeepClone())])),
            Gen.Select(AnyText, Json(depth - 1)).Array[0, 5].Select(entries => (JsonNode?)new JsonObject(
                entries.DistinctBy(entry => entry.Item1).Select(entry => KeyValuePair.Create(entry.Item1, entry.Item2?.DeepClone())))));
}
