using Experiments.ServiceDefaults.Files;

namespace Experiments.GpuWorker.Training.Pretrained.TorchFiles;

/// <summary>Detects the formats of torch.save.</summary>
internal static class TorchFormat
{
    private const int HeadBytes = 262;
    private const byte Protocol = 0x80;

    /// <param name="file">Owned by the result.</param>
    /// <exception cref="TorchFileException">It has none of them.</exception>
    public static ITorchStorages Open(FileStream file)
    {
        Span<byte> head = stackalloc byte[HeadBytes];
        head = head[..file.ReadAtLeast(head, HeadBytes, throwOnEndOfStream: false)];
        file.Position = 0;
        if (head.StartsWith("PK\x03\x04"u8))
        {
            return new TorchZipFile(file);
        }

        if (GitLfsPointer.Is(head))
        {
            throw new TorchFileException(GitLfsPointer.Explanation);
        }

        if (head.EndsWith("ustar"u8))
        {
            throw new TorchFileException("it has the tar format of PyTorch before 0.1.10: load and save it again with a newer one");
        }

        // Any other beginning is not a PyTorch pickle; it is still read, to report what it contains.
        return head.Length > 0 && (head[0] == Protocol || head[0] == 'c')
            ? new TorchLegacyFile(file)
            : throw new TorchFileException("it is not a file of torch.save: neither a zip archive nor a pickle");
    }
}
