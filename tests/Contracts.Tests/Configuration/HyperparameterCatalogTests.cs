using System.Reflection;
using System.Text.Json;
using Experiments.Contracts.Configuration;

namespace Experiments.Contracts.Tests.Configuration;

public sealed class HyperparameterCatalogTests
{
    [Fact]
    public void All_CoversEveryPropertyOfTheRecordAndNothingElse() =>
        Assert.Equal(
            typeof(Hyperparameters).GetProperties(BindingFlags.Public | BindingFlags.Instance).Select(p => JsonNamingPolicy.CamelCase.ConvertName(p.Name)).Order(),
            HyperparameterCatalog.Names.Order());

    public static TheoryData<string> Names => [.. HyperparameterCatalog.Names];

    [Theory]
    [MemberData(nameof(Names))]
    public void Default_IsAllowedAndSurvivesWriting(string name)
    {
        HyperparameterDefinition definition = HyperparameterCatalog.Find(name)!;
        object? value = definition.Get(Hyperparameters.Default);
        using var stream = new MemoryStream();
        using (var writer = new Utf8JsonWriter(stream))
        {
            definition.Write(writer, value);
        }

        using JsonDocument json = JsonDocument.Parse(stream.ToArray());
        Assert.True(definition.TryRead(json.RootElement, out object? read, out string problem), problem);
        Assert.Equal(value, read);
        Assert.Equal(Hyperparameters.Default, definition.Set(Hyperparameters.Default, read));
        Assert.NotEmpty(definition.Description);
        Assert.NotEmpty(definition.Allowed);
    }

    [Fact]
    public void TryRead_NegativeZero_IsZero()
    {
        Assert.True(HyperparameterCatalog.Find("weightDecay")!.TryRead(SpecBuilder.Json("-0.0"), out object? value, out _));
        Assert.False(double.IsNegative((double)value!));
    }
}
