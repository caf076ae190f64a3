//! The company's own certificates: what is made beside the books 公司证书.

use ::signing::authority::{Authority, Profile, Subject, Validity, request};
use ::signing::certificate::Certificate;
use ::signing::sign::{detached_finish, detached_to_sign};
use ::signing::signer::Signer as _;
use ::signing::software_key::{SealedKey, Secret, SoftwareKey, SoftwareSigner};
use kernel::{EntityId, Moment, Refusal, SigningKeyId};
use spine::{By, Failure, Fault};
use zeroize::Zeroizing;

use super::acts::found_authority::FoundAuthority;
use super::acts::make_seal::MakeSeal;
use super::store::{self, AuthorityLine, KeyLine};
use super::vault::dice;
use crate::house::House;
use crate::people::store as people;

/// Years of the authority, and of what it issues.
const AUTHORITY_YEARS: i64 = 20;
const CERTIFICATE_YEARS: i64 = 5;
const DAY: i64 = 24 * 3_600;
const YEAR: i64 = 365 * DAY;
/// Days for which a list of revoked certificates is good.
const LIST_DAYS: i64 = 30;

/// A key that was made, with its certificate.
#[derive(Clone, Debug)]
pub(crate) struct Fresh {
    /// DER.
    pub(crate) certificate: Vec<u8>,
    /// The sealed key, JSON.
    pub(crate) sealed: String,
    pub(crate) fingerprint: String,
    pub(crate) valid_until: Moment,
}

impl Fresh {
    fn of(certificate: &Certificate, sealed: &SealedKey) -> Result<Fresh, Refusal> {
        let sealed = serde_json::to_string(sealed).map_err(|_| super::vault::lost())?;
        Ok(Fresh {
            certificate: certificate.der().to_vec(),
            sealed,
            fingerprint: certificate.fingerprint(),
            valid_until: certificate.validity().1,
        })
    }

    pub(crate) fn key(&self, whose: Whose, made_at: Moment, id: SigningKeyId) -> KeyLine {
        let (employee, entity) = match whose {
            Whose::Person(employee) => (Some(employee), None),
            Whose::Entity(entity) => (None, Some(entity)),
        };
        KeyLine {
            id,
            employee,
            entity,
            certificate: self.certificate.clone(),
            sealed: self.sealed.clone(),
            fingerprint: self.fingerprint.clone(),
            valid_until: self.valid_until,
            made_at,
            // The system administrator makes a seal for the company; a person is looked at first.
            vouched_by: entity.map(|_| "system".to_owned()),
        }
    }
}

/// Whose key it is.
#[derive(Clone, Copy, Debug)]
pub(crate) enum Whose {
    Person(kernel::EmployeeId),
    Entity(EntityId),
}

fn validity(now: Moment, years: i64) -> Validity {
    Validity {
        // Clocks of verifiers may be a little behind.
        from: now.plus_seconds(-300),
        until: now.plus_seconds(years * YEAR),
    }
}

fn new_key() -> Result<SoftwareKey, Refusal> {
    SoftwareKey::generate(&Zeroizing::new(dice()))
}

/// Makes an authority for a company.
pub(super) fn new_authority(company: &str, secret: &str, now: Moment) -> Result<Fresh, Refusal> {
    let key = new_key()?;
    let sealed = key.seal(Secret::Random(secret), dice())?;
    let subject = Subject {
        common_name: format!("{company} 签署证书"),
        organization: company.to_owned(),
    };
    let validity = validity(now, AUTHORITY_YEARS);
    let authority = Authority::create(key, &subject, validity, dice(), dice())?;
    Fresh::of(authority.certificate(), &sealed)
}

/// What a key is issued with.
pub(super) struct Issuing {
    pub(super) authority: AuthorityLine,
    pub(super) company_secret: Zeroizing<String>,
    pub(super) now: Moment,
}

/// Makes a key for somebody and has the authority certify it; slow on purpose for a chosen secret.
pub(super) fn new_signer(
    issuing: &Issuing,
    subject: &Subject,
    secret: Secret<'_>,
) -> Result<Fresh, Refusal> {
    let key = new_key()?;
    // A secret that is too short is refused before the slow work.
    let sealed = key.seal(secret, dice())?;
    let own = open_key(&issuing.authority.sealed, &issuing.company_secret)?;
    let certificate = Certificate::read(&issuing.authority.certificate)?;
    let authority = Authority::existing(own, certificate);
    let mut validity = validity(issuing.now, CERTIFICATE_YEARS);
    validity.until = validity.until.min(issuing.authority.valid_until);
    let request = request(&key, subject, dice())?;
    let issued = authority.issue(&request, Profile::Signer, validity, dice(), dice())?;
    Fresh::of(&issued, &sealed)
}

/// A key that signs one file and is then forgotten: nobody can use it again, and the company's
/// seals, whose use wants an approval, stay where they are.
pub(crate) struct OneTime {
    signer: SoftwareSigner,
}

impl OneTime {
    /// Makes the key, and has the authority certify it; slow where the company's key is an old one.
    fn make(issuing: &Issuing, subject: &Subject) -> Result<OneTime, Refusal> {
        let key = new_key()?;
        let own = open_key(&issuing.authority.sealed, &issuing.company_secret)?;
        let certificate = Certificate::read(&issuing.authority.certificate)?;
        let authority = Authority::existing(own, certificate.clone());
        let mut validity = validity(issuing.now, CERTIFICATE_YEARS);
        validity.until = validity.until.min(issuing.authority.valid_until);
        let request = request(&key, subject, dice())?;
        let issued = authority.issue(&request, Profile::Signer, validity, dice(), dice())?;
        let signer = SoftwareSigner::new(key, vec![issued, certificate])?;
        Ok(OneTime { signer })
    }

    /// The detached signature over a file (`.p7s`); the key ends with it.
    pub(crate) fn sign(self, content: &[u8]) -> Result<Vec<u8>, Refusal> {
        let chain = self.signer.chain();
        let what = detached_to_sign(content, chain)?;
        detached_finish(&what, chain, &self.signer.sign(&what, dice())?)
    }
}

/// A key of the company for one file, if it has an authority.
pub(crate) async fn one_time(house: &House, purpose: &str) -> Result<Option<OneTime>, Failure> {
    let authority = {
        let system = By::system("bundle");
        let mut look = house.spine.look(&system).await?;
        store::authority(&mut look.books()).await?
    };
    let Some(authority) = authority else {
        return Ok(None);
    };
    let issuing = Issuing {
        authority,
        company_secret: house.vault.company_secret(),
        now: house.spine.now(),
    };
    let company = house.company().await?;
    let subject = Subject {
        common_name: format!("{company} {purpose}"),
        organization: company,
    };
    let made = slowly(move || OneTime::make(&issuing, &subject)).await?;
    Ok(Some(made?))
}

/// The lists of certificates whose keys may be in other hands, by every authority of the company,
/// the one in use first; each as of now. A key whose secret was merely forgotten signs nothing more
/// and stands in no list: what it signed stays good. Slow on purpose.
///
/// # Errors
/// [`Failure`] when a key does not open, or the books fail.
pub(crate) async fn revocation_lists(house: &House) -> Result<Vec<Vec<u8>>, Failure> {
    let (authorities, leaked) = {
        let system = By::system("sign");
        let mut look = house.spine.look(&system).await?;
        let mut books = look.books();
        (
            store::authorities(&mut books).await?,
            store::leaked(&mut books).await?,
        )
    };
    let (secret, now) = (house.vault.company_secret(), house.spine.now());
    let made = slowly(move || {
        let lists = authorities.iter();
        let lists = lists.map(|authority| list(authority, &leaked, &secret, now));
        lists.collect::<Result<Vec<_>, Refusal>>()
    });
    Ok(made.await??)
}

fn list(
    authority: &AuthorityLine,
    leaked: &[(Vec<u8>, Moment)],
    secret: &str,
    now: Moment,
) -> Result<Vec<u8>, Refusal> {
    let key = open_key(&authority.sealed, secret)?;
    let own = Certificate::read(&authority.certificate)?;
    let read = leaked.iter();
    let read = read.map(|(der, since)| Ok((Certificate::read(der)?, *since)));
    let read: Vec<(Certificate, Moment)> = read.collect::<Result<_, Refusal>>()?;
    let revoked: Vec<(&Certificate, Moment)> =
        read.iter().map(|(one, since)| (one, *since)).collect();
    // Numbers of lists only have to grow.
    let number = u32::try_from(now.unix_seconds()).unwrap_or(u32::MAX);
    let mut validity = validity(now, 0);
    validity.until = now.plus_seconds(LIST_DAYS * DAY);
    Authority::existing(key, own).revocation_list(&revoked, number, validity, dice())
}

/// Opens a sealed key of the books.
pub(super) fn open_key(sealed: &str, secret: &str) -> Result<SoftwareKey, Refusal> {
    let sealed: SealedKey = serde_json::from_str(sealed).map_err(|_| super::vault::lost())?;
    sealed.open(secret)
}

pub(super) fn no_authority() -> Refusal {
    Refusal::conflict(
        "signing.no_authority",
        "公司尚未建立签署证书，不能使用签名密钥",
        "The company has no certificate authority yet",
    )
    .remedy((
        "请系统管理员在「系统 › 签署证书」中建立",
        "Let the system administrator found it under System › Certificates for signing",
    ))
}

/// Does slow work away from the requests.
pub(super) async fn slowly<T: Send + 'static>(
    work: impl FnOnce() -> T + Send + 'static,
) -> Result<T, Fault> {
    crate::session::slowly(work).await
}

/// Founds the company's authority.
///
/// # Errors
/// [`Failure`] when there is one, or the books fail.
pub async fn found_authority(house: &House, by: &By) -> Result<(), Failure> {
    let act = founding(house, by.id()).await?;
    house.spine.perform(&act, by, None).await?;
    Ok(())
}

/// The act with what it writes.
pub(super) async fn founding(house: &House, by: String) -> Result<FoundAuthority, Failure> {
    let company = house.company().await?;
    let (secret, now) = (house.vault.company_secret(), house.spine.now());
    let made = slowly(move || new_authority(&company, &secret, now)).await?;
    Ok(FoundAuthority {
        by,
        made: Some(made),
    })
}

/// Makes the seals of all legal entities that have none.
///
/// # Errors
/// [`Failure`] when there is no authority, or the books fail.
pub async fn make_seals(house: &House, by: &By) -> Result<(), Failure> {
    let missing = {
        let mut look = house.spine.look(by).await?;
        let mut books = look.books();
        let mut missing = Vec::new();
        for entity in people::entities(&mut books).await? {
            if store::seal_of(&mut books, entity.id).await?.is_none() {
                missing.push(entity.id);
            }
        }
        missing
    };
    for entity in missing {
        let act = sealing(house, entity).await?;
        house.spine.perform(&act, by, None).await?;
    }
    Ok(())
}

/// The act that makes a seal, with what it writes.
pub(super) async fn sealing(house: &House, entity: EntityId) -> Result<MakeSeal, Failure> {
    let (authority, name) = {
        let system = By::system("seal");
        let mut look = house.spine.look(&system).await?;
        let mut books = look.books();
        let entities = people::entities(&mut books).await?;
        let named = entities.into_iter().find(|one| one.id == entity);
        (
            store::authority(&mut books).await?,
            named.map(|one| one.name),
        )
    };
    let made = match (authority, name) {
        (Some(authority), Some(name)) => {
            let issuing = Issuing {
                authority,
                company_secret: house.vault.company_secret(),
                now: house.spine.now(),
            };
            let subject = Subject {
                common_name: format!("{name} 电子印章"),
                organization: name,
            };
            slowly(move || {
                let secret = issuing.company_secret.clone();
                new_signer(&issuing, &subject, Secret::Random(&secret))
            })
            .await?
        }
        _ => Err(no_authority()),
    };
    Ok(MakeSeal {
        entity,
        made: Some(made),
    })
}
