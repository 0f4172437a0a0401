using Microsoft.Extensions.Logging;
using Microsoft.IdentityModel.Protocols;
using Microsoft.IdentityModel.Protocols.OpenIdConnect;

namespace CertFunctions.Functions.Http.Callers;

/// <summary>
/// The name and the keys of the OpenID issuer, as it publishes them. They are fetched when they are first needed, again when they are old,
/// and when a token names a key that is not among them: keys rotate.
/// </summary>
internal sealed partial class OpenIdIssuer : IDisposable
{
    /// <summary>Whoever sends tokens with made-up key ids must not make us flood the issuer.</summary>
    public static readonly TimeSpan BetweenFetches = TimeSpan.FromSeconds(30);

    /// <summary>While nothing is known of the issuer nobody can sign in: it is asked again sooner.</summary>
    public static readonly TimeSpan BetweenFirstFetches = TimeSpan.FromSeconds(5);

    /// <summary>Older keys are fetched again.</summary>
    public static readonly TimeSpan FreshFor = TimeSpan.FromHours(12);

    /// <summary>While the issuer cannot be reached: a key that it has withdrawn must end some time.</summary>
    public static readonly TimeSpan TrustedFor = TimeSpan.FromHours(24);

    private static readonly TimeSpan Patience = TimeSpan.FromSeconds(5);
    private const int MaxDocumentBytes = 1024 * 1024;

    private readonly SemaphoreSlim one = new(1, 1);
    private readonly string address;
    private readonly HttpClient http;
    private readonly HttpDocumentRetriever documents;
    private readonly TimeProvider time;
    private readonly ILogger<OpenIdIssuer> logger;
    private volatile Fetched state = new(null, default, null, HasFailed: false);

    public OpenIdIssuer(Uri authority, TimeProvider time, ILogger<OpenIdIssuer> logger)
    {
        address = $"{authority.AbsoluteUri.TrimEnd('/')}/.well-known/openid-configuration";
        http = new HttpClient { Timeout = Patience, MaxResponseContentBufferSize = MaxDocumentBytes };
        documents = new HttpDocumentRetriever(http) { RequireHttps = authority.Scheme == Uri.UriSchemeHttps };
        (this.time, this.logger) = (time, logger);
    }

    /// <param name="keyId">The key that the caller needs; null: any.</param>
    /// <param name="cancellationToken">Ends the waiting, not a fetch that others wait for as well.</param>
    /// <returns>
    /// Without the key, where the issuer has none of that name or was asked a moment ago; null: it cannot be reached, and what is known of it
    /// does not do.
    /// </returns>
    public async Task<OpenIdConnectConfiguration?> ReadAsync(string? keyId, CancellationToken cancellationToken)
    {
        if (!state.Does(keyId, time.GetUtcNow()))
        {
            await one.WaitAsync(cancellationToken);
            try
            {
                if (!state.Does(keyId, time.GetUtcNow()) && state.MayFetch(time.GetUtcNow()))
                {
                    state = await FetchAsync(state);
                }
            }
            finally
            {
                one.Release();
            }
        }

        return state.For(keyId, time.GetUtcNow());
    }

    public void Dispose()
    {
        http.Dispose();
        one.Dispose();
    }

    private async Task<Fetched> FetchAsync(Fetched before)
    {
        try
        {
            var configuration = await OpenIdConnectConfigurationRetriever.GetAsync(address, documents, CancellationToken.None);
            if (configuration is { Issuer.Length: > 0, SigningKeys.Count: > 0 })
            {
                return new Fetched(configuration, time.GetUtcNow(), time.GetUtcNow(), HasFailed: false);
            }

            NamesNoKeys(address);
        }
        catch (Exception e)
        {
            // Whatever an issuer answers, or its library makes of it, is trouble of the issuer and no fault of ours.
            CannotBeReached(e, address);
        }

        return before with { TriedAt = time.GetUtcNow(), HasFailed = true };
    }

    [LoggerMessage(Level = LogLevel.Warning, Message = "The OpenID issuer cannot be reached, so new callers hear 503: {Address}")]
    private partial void CannotBeReached(Exception exception, string address);

    [LoggerMessage(Level = LogLevel.Warning, Message = "The OpenID issuer names no issuer or no keys, so new callers hear 503: {Address}")]
    private partial void NamesNoKeys(string address);

    private sealed record Fetched(OpenIdConnectConfiguration? Configuration, DateTimeOffset At, DateTimeOffset? TriedAt, bool HasFailed)
    {
        public bool Does(string? keyId, DateTimeOffset now) => Configuration is not null && now - At < FreshFor && Has(keyId);

        public bool MayFetch(DateTimeOffset now) =>
            TriedAt is null || now - TriedAt >= (Configuration is null ? BetweenFirstFetches : BetweenFetches);

        public OpenIdConnectConfiguration? For(string? keyId, DateTimeOffset now) =>
            Configuration is not null && now - At < TrustedFor && (Has(keyId) || !HasFailed) ? Configuration : null;

        private bool Has(string? keyId) => keyId is null || Configuration!.SigningKeys.Any(key => key.KeyId == keyId);
    }
}
