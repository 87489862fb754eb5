using System.Reflection;
using System.Runtime.Loader;
using Microsoft.CodeAnalysis;
using Microsoft.CodeAnalysis.CSharp;
using NSwag;
using NSwag.CodeGeneration.CSharp;
using NSwag.CodeGeneration.OperationNameGenerators;

namespace Experiments.Orchestrator.Tests.Api.Clients;

/// <summary>Generates a client from an OpenAPI document, as its users do, and compiles it.</summary>
internal static class ClientGenerator
{
    public const string Namespace = "Generated";
    public const string ClassName = "ExperimentsClient";

    /// <returns>The source of the client, which knows nothing of this repository.</returns>
    public static async Task<string> GenerateAsync(string openApi, CancellationToken cancellationToken)
    {
        OpenApiDocument document = await OpenApiDocument.FromJsonAsync(openApi, cancellationToken);
        var settings = new CSharpClientGeneratorSettings
        {
            ClassName = ClassName,
            GenerateOptionalParameters = true,
            OperationNameGenerator = new SingleClientFromOperationIdOperationNameGenerator(),
            UseBaseUrl = false,
            CSharpGeneratorSettings =
            {
                Namespace = Namespace,
                GenerateNullableReferenceTypes = true,
                GenerateOptionalPropertiesAsNullable = true,
            },
        };
        return new CSharpClientGenerator(document, settings).GenerateFile();
    }

    public static Assembly Compile(string source)
    {
        string platform = (string)AppContext.GetData("TRUSTED_PLATFORM_ASSEMBLIES")!;
        var compilation = CSharpCompilation.Create(
            Namespace,
            [CSharpSyntaxTree.ParseText(source)],
            platform.Split(Path.PathSeparator).Where(IsUsed).Select(path => MetadataReference.CreateFromFile(path)),
            new CSharpCompilationOptions(OutputKind.DynamicallyLinkedLibrary, nullableContextOptions: NullableContextOptions.Enable));
        using var code = new MemoryStream();
        Assert.Empty(compilation.Emit(code).Diagnostics.Where(problem => problem.Severity == DiagnosticSeverity.Error));
        code.Position = 0;
        return new AssemblyLoadContext(Namespace).LoadFromStream(code);
    }

    private static bool IsUsed(string path) =>
        Path.GetFileName(path) is { } name && (name.StartsWith("System.", StringComparison.Ordinal) || name is "netstandard.dll" or "Newtonsoft.Json.dll");
}
