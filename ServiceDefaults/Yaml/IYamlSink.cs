namespace Experiments.ServiceDefaults.Yaml;

/// <summary>Receives the elements of a YAML document in order.</summary>
internal interface IYamlSink
{
    void BeginMapping(int line);

    void Key(string name, int line);

    void EndMapping();

    void BeginList(int line);

    void EndList();

    /// <param name="plain">True for a scalar without quotes, whose text determines its type.</param>
    void Scalar(string text, bool plain, int line);
}
