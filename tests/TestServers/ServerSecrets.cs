using System.Net;
using System.Security.Cryptography;
using System.Security.Cryptography.X509Certificates;

namespace Experiments.TestServers;

/// <summary>A certificate that was made for a test, and a password. Programs trust it by the variable <c>SSL_CERT_FILE</c>.</summary>
/// <param name="Certificate">A file in the form of PEM.</param>
/// <param name="Key">The file of its key.</param>
public sealed record ServerSecrets(string Certificate, string Key, string Password)
{
    public const string User = "experiments";

    public static ServerSecrets CreateIn(TemporaryFolder folder)
    {
        using var key = RSA.Create(2048);
        var request = new CertificateRequest("CN=localhost", key, HashAlgorithmName.SHA256, RSASignaturePadding.Pkcs1);
        var names = new SubjectAlternativeNameBuilder();
        names.AddDnsName("localhost");
        names.AddIpAddress(IPAddress.Loopback);
        request.CertificateExtensions.Add(names.Build());
        request.CertificateExtensions.Add(new X509BasicConstraintsExtension(certificateAuthority: true, hasPathLengthConstraint: false, 0, critical: true));
        DateTimeOffset now = TimeProvider.System.GetUtcNow();
        using X509Certificate2 certificate = request.CreateSelfSigned(now.AddDays(-1), now.AddDays(2));
        var secrets = new ServerSecrets(folder["server.crt"], folder["server.key"], Convert.ToHexStringLower(RandomNumberGenerator.GetBytes(16)));
        File.WriteAllText(secrets.Certificate, certificate.ExportCertificatePem());
        File.WriteAllText(secrets.Key, key.ExportPkcs8PrivateKeyPem());
        return secrets;
    }
}
