"""A certificate authority of nobody's, and the certificates that it issues, as PEM files."""

from dataclasses import dataclass
from datetime import UTC, datetime, timedelta
from pathlib import Path
from tempfile import mkdtemp

from cryptography import x509
from cryptography.hazmat.primitives.asymmetric.ec import SECP256R1, EllipticCurvePrivateKey, generate_private_key
from cryptography.hazmat.primitives.hashes import SHA256
from cryptography.hazmat.primitives.serialization import Encoding, NoEncryption, PrivateFormat
from cryptography.x509.oid import ExtendedKeyUsageOID
from paceline_local.private_file import write_private

VALID = timedelta(days=2)


@dataclass(frozen=True)
class PrivateCa:
    """`file` is what to trust."""

    folder: Path
    name: x509.Name
    key: EllipticCurvePrivateKey

    @staticmethod
    def create(folder: Path, name: str) -> "PrivateCa":
        folder.mkdir()
        ca = PrivateCa(folder, x509.Name.from_rfc4514_string(f"CN={name}"), generate_private_key(SECP256R1()))
        root = ca._certificate(ca.name, ca.key, VALID).add_extension(x509.BasicConstraints(True, None), critical=True)
        ca.file.write_bytes(ca._signed(root))
        return ca

    @property
    def file(self) -> Path:
        return self.folder / "ca.pem"

    def issue(
        self, host: str, ends_in: timedelta = VALID, usage: x509.ObjectIdentifier = ExtendedKeyUsageOID.SERVER_AUTH
    ) -> dict[str, str]:
        """Postgres's settings for a new certificate of a host."""
        key = generate_private_key(SECP256R1())
        builder = self._certificate(x509.Name.from_rfc4514_string("CN=server"), key, ends_in)
        names = x509.SubjectAlternativeName([x509.DNSName(host)])
        issued = Path(mkdtemp(dir=self.folder))
        certificate, key_file = issued / "certificate.pem", issued / "key.pem"
        builder = builder.add_extension(names, critical=False).add_extension(x509.ExtendedKeyUsage([usage]), critical=False)
        certificate.write_bytes(self._signed(builder))
        write_private(key_file, key.private_bytes(Encoding.PEM, PrivateFormat.PKCS8, NoEncryption()).decode())
        return {"ssl": "on", "ssl_cert_file": str(certificate), "ssl_key_file": str(key_file)}

    def revokes_nothing(self) -> bytes:
        """Its list of revoked certificates."""
        now = datetime.now(UTC)
        builder = x509.CertificateRevocationListBuilder(self.name).last_update(now - VALID).next_update(now + VALID)
        return builder.sign(self.key, SHA256()).public_bytes(Encoding.PEM)

    def _certificate(self, subject: x509.Name, key: EllipticCurvePrivateKey, ends_in: timedelta) -> x509.CertificateBuilder:
        now = datetime.now(UTC)
        builder = x509.CertificateBuilder(self.name, subject, key.public_key(), x509.random_serial_number())
        return builder.not_valid_before(now - VALID).not_valid_after(now + ends_in)

    def _signed(self, builder: x509.CertificateBuilder) -> bytes:
        return builder.sign(self.key, SHA256()).public_bytes(Encoding.PEM)
