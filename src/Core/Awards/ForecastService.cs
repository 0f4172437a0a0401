using CertFunctions.Core.Certifications;

namespace CertFunctions.Core.Awards;

/// <summary>Forecasts expiries from counts: what it costs grows with the months, never with the awards.</summary>
public sealed class ForecastService(IExpiryCounts counts, CertificationCatalog certifications, OrganisationClock clock)
{
    public async Task<Outcome<Forecast>> ForecastAsync(CertificationCode code, int months, CancellationToken cancellationToken) =>
        await certifications.GetAsync(code, cancellationToken) is { } certification
            ? await CountAsync(certification.Code, months, cancellationToken)
            : CertificationRejections.NotFound(code);

    /// <summary>Of all certifications together, archived ones too.</summary>
    public Task<Forecast> ForecastAllAsync(int months, CancellationToken cancellationToken) => CountAsync(null, months, cancellationToken);

    private async Task<Forecast> CountAsync(CertificationCode? code, int months, CancellationToken cancellationToken) =>
        Forecast.Of(await counts.CountAsync(code, cancellationToken), clock.Today, months);
}
