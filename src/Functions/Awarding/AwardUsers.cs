using CertFunctions.Core;
using CertFunctions.Core.Awarding;
using CertFunctions.Core.Certifications;
using CertFunctions.Functions.Http;
using Microsoft.AspNetCore.Http;
using Microsoft.Azure.Functions.Worker;

namespace CertFunctions.Functions.Awarding;

public sealed class AwardUsers(AwardUsersService awards, AwardedUsersAnswers answers, Idempotency idempotency, OrganisationClock clock)
{
    [Function(nameof(AwardUsers))]
    public async Task<IResult> Run(
        [HttpTrigger(AuthorizationLevel.Anonymous, "post", Route = "api/certifications/{code}/awards")] HttpRequest request,
        string code,
        CancellationToken cancellationToken)
    {
        var input = await HttpInput.WithBodyAsync(request, cancellationToken);
        var certificationCode = input.Route<CertificationCode>(code, CertificationCode.TryParse, CertificationCode.Rule);
        var asked = AwardUsersBody.Read(input.Body);
        if (input.Refused(out var problem))
        {
            return problem;
        }

        return await idempotency.RunAsync(
            input,
            () => JobId.New(clock.Now).Value,
            async id =>
            {
                var outcome = await awards.AwardAsync(certificationCode, asked(), input.Caller.Name, JobId.Parse(id), cancellationToken);
                return outcome.IsDone(out var done, out var why) ? await answers.OfAsync(done, cancellationToken) : Problem.Of(why);
            },
            cancellationToken);
    }
}
