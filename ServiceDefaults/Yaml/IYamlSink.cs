namespace Experiments.ServiceDefaults.Yaml;

/// <summary>Is told what a YAML document holds, in order.</summary>
internal interface IYamlSink
{
    void BeginMapping(int line);

    void Key(string name, int line);

    void EndMapping();

    void BeginList(int line);

    void EndList();

    /// <param name="plain">True when it stood without quotes, so that its text says what type it is.</param>
    void Scalar(string text, bool plain, int line);
}
