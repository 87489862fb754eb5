using System.Text.Json;
using Experiments.Contracts.Api;

namespace Experiments.Contracts.Tests.Api;

public sealed class ColumnValueTests
{
    [Theory]
    [InlineData("[1,0.001,\"adam\",true,false,null,[{\"rotation\":{\"degrees\":7.5}}]]")]
    [InlineData("[]")]
    public void Json_Values_AreWrittenAsTheyAreRead(string json) =>
        Assert.Equal(json, JsonSerializer.Serialize(JsonSerializer.Deserialize<ColumnValue[]>(json, ContractJson.Options), ContractJson.Options));

    [Fact]
    public void Number_OtherValues_HaveNone()
    {
        ColumnValue[] values = JsonSerializer.Deserialize<ColumnValue[]>("[3,\"3\",true,null]", ContractJson.Options)!;

        Assert.Equal([3.0, null, null, null], values.Select(value => value.Number));
    }
}
