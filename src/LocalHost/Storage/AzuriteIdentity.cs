using System.Diagnostics;
using System.Security.Cryptography;

namespace CertFunctions.LocalHost.Storage;

/// <summary>How the emulator is set up to be reached as the cloud is: by the tokens of an identity, over HTTPS. Its account has a key that nobody knows.</summary>
/// <param name="Account">The account's name.</param>
/// <param name="CertificateFile">PEM, for 127.0.0.1.</param>
/// <param name="KeyFile">PEM, of the certificate.</param>
public sealed record AzuriteIdentity(string Account, string CertificateFile, string KeyFile)
{
    internal void Configure(ProcessStartInfo start)
    {
        foreach (var argument in new[] { "--oauth", "basic", "--cert", CertificateFile, "--key", KeyFile })
            start.ArgumentList.Add(argument);
        start.Environment["AZURITE_ACCOUNTS"] = $"{Account}:{Convert.ToBase64String(RandomNumberGenerator.GetBytes(64))}";
    }
}
