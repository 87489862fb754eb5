using System.Buffers.Binary;
using System.Text;
using Experiments.GpuWorker.Files;
using TorchSharp;
using static TorchSharp.torch;

namespace Experiments.GpuWorker.Tests.Files;

public sealed class SafetensorsFileTests : IDisposable
{
    private static readonly Dictionary<string, string> Texts = new() { ["state"] = "{\"ä\": 1}" };

    private readonly TemporaryFolder _folder = new();
    private readonly DisposeScope _scope = NewDisposeScope();

    private string FilePath => _folder.File("x.safetensors");

    [Fact]
    public void Read_WhatWasWritten_IsTheSame()
    {
        Tensor matrix = rand(3, 5);
        Tensor scalar = tensor(42L);
        Tensor transposed = matrix.t();
        Write(("matrix", matrix), ("scalar", scalar), ("transposed", transposed), ("half", matrix.to_type(ScalarType.BFloat16)));

        using SafetensorsContent content = SafetensorsFile.Read(FilePath, requireChecksum: true);

        Assert.Equal(["matrix", "scalar", "transposed", "half"], content.Names);
        Assert.True(content["matrix"].equal(matrix).all().item<bool>());
        Assert.True(content["transposed"].equal(transposed).all().item<bool>());
        Assert.Equal(42, content["scalar"].item<long>());
        Assert.Equal(ScalarType.BFloat16, content["half"].dtype);
        Assert.Equal(Texts["state"], content.Metadata["state"]);
    }

    [Fact]
    public void Write_Always_HasTheLayoutOfTheFormat()
    {
        Write(("a", tensor(new float[] { 1, 2 })));

        byte[] bytes = File.ReadAllBytes(FilePath);
        int header = (int)BinaryPrimitives.ReadInt64LittleEndian(bytes);
        string json = Encoding.UTF8.GetString(bytes, 8, header);

        Assert.Equal(0, (8 + header) % 8);
        Assert.StartsWith("{\"__metadata__\":{", json, StringComparison.Ordinal);
        Assert.Contains("\"a\":{\"dtype\":\"F32\",\"shape\":[2],\"data_offsets\":[0,8]}", json, StringComparison.Ordinal);
        Assert.Equal([0, 0, 0x80, 0x3f, 0, 0, 0, 0x40], bytes[(8 + header)..]);
    }

    [Fact]
    public void Read_CutShortAnywhere_IsRefused()
    {
        Write(("a", rand(7)));
        byte[] whole = File.ReadAllBytes(FilePath);
        for (int length = 0; length < whole.Length; length++)
        {
            File.WriteAllBytes(FilePath, whole[..length]);

            Assert.Throws<SafetensorsException>(() => SafetensorsFile.Read(FilePath, requireChecksum: true));
        }
    }

    [Fact]
    public void Read_AnyByteAltered_IsRefused()
    {
        Write(("a", rand(7)));
        byte[] whole = File.ReadAllBytes(FilePath);
        for (int place = 0; place < whole.Length; place++)
        {
            byte[] altered = [.. whole];
            altered[place] ^= 0x04;
            File.WriteAllBytes(FilePath, altered);

            // Padding spaces in the header are allowed, a letter among them is not.
            Assert.Throws<SafetensorsException>(() => SafetensorsFile.Read(FilePath, requireChecksum: true));
        }
    }

    [Theory]
    [InlineData("""{"a":{"dtype":"F32","shape":[2],"data_offsets":[0,8]}}""", true)]
    [InlineData("""{"a":{"dtype":"F32","shape":[1],"data_offsets":[0,8]}}""", false)]
    [InlineData("""{"a":{"dtype":"F32","shape":[-2],"data_offsets":[0,8]}}""", false)]
    [InlineData("""{"a":{"dtype":"F32","shape":[4611686018427387904,4],"data_offsets":[0,8]}}""", false)]
    [InlineData("""{"a":{"dtype":"F32","shape":[2],"data_offsets":[4,12]}}""", false)]
    [InlineData("""{"a":{"dtype":"F32","shape":[2],"data_offsets":[8,0]}}""", false)]
    [InlineData("""{"a":{"dtype":"Q4","shape":[2],"data_offsets":[0,8]}}""", false)]
    [InlineData("""{"a":{"dtype":"F32","shape":[2]}}""", false)]
    [InlineData("""{"a":{"dtype":"F32","shape":[2],"data_offsets":[0]}}""", false)]
    [InlineData("""{"a":{"dtype":"F32","shape":[1],"data_offsets":[0,4]},"b":{"dtype":"F32","shape":[1],"data_offsets":[0,4]}}""", false)]
    [InlineData("""[]""", false)]
    [InlineData("""{"a":""", false)]
    public void Read_HeaderOfAnotherWriter_IsTakenIfItFitsTheData(string json, bool good)
    {
        byte[] header = Encoding.UTF8.GetBytes(json);
        byte[] length = new byte[8];
        BinaryPrimitives.WriteInt64LittleEndian(length, header.Length);
        File.WriteAllBytes(FilePath, [.. length, .. header, .. new byte[8]]);

        Exception? thrown = Record.Exception(() => SafetensorsFile.Read(FilePath, requireChecksum: false).Dispose());

        Assert.Equal(good ? null : typeof(SafetensorsException), thrown?.GetType());
    }

    [Fact]
    public void Read_ClaimOfAHugeHeader_IsRefusedWithoutReadingIt()
    {
        byte[] content = new byte[64];
        BinaryPrimitives.WriteInt64LittleEndian(content, long.MaxValue);
        File.WriteAllBytes(FilePath, content);

        SafetensorsException thrown = Assert.Throws<SafetensorsException>(() => SafetensorsFile.Read(FilePath, requireChecksum: false));

        Assert.Contains("cut short or not a safetensors file", thrown.Message, StringComparison.Ordinal);
    }

    public void Dispose()
    {
        _scope.Dispose();
        _folder.Dispose();
    }

    private void Write(params (string, Tensor)[] tensors)
    {
        using FileStream stream = File.Create(FilePath);
        SafetensorsFile.Write(stream, tensors, Texts);
    }
}
